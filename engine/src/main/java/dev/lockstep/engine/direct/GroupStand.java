package dev.lockstep.engine.direct;

import dev.lockstep.connector.ChangeReader;
import dev.lockstep.connector.ChangeReader.ChangeCursor;
import dev.lockstep.connector.ChangeReader.Subscription;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Position;
import dev.lockstep.connector.Writer;
import dev.lockstep.engine.delivery.Delivery;
import dev.lockstep.engine.delivery.JointDelivery;
import dev.lockstep.engine.delivery.LaneRound;
import dev.lockstep.engine.run.Route;
import dev.lockstep.engine.sync.JointProgress;
import dev.lockstep.engine.sync.Steps;
import dev.lockstep.engine.sync.SyncSpec;
import dev.lockstep.store.Store;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where a group stands, and how it is brought to another place. To be used while the group is not
 * followed.
 */
final class GroupStand {
  private final String name;
  private final ChangeReader reader;
  private final Supplier<Subscription> subscription;
  private final Writer writer;
  private final Supplier<Collection<SyncSpec>> members;
  private final Store store;
  private final String installation;
  private final InstantSource clock;
  private final Steps steps;

  GroupStand(
      String name,
      ChangeReader reader,
      Supplier<Subscription> subscription,
      Writer writer,
      Supplier<Collection<SyncSpec>> members,
      Store store,
      String installation,
      InstantSource clock,
      Steps steps) {
    this.name = name;
    this.reader = reader;
    this.subscription = subscription;
    this.writer = writer;
    this.members = members;
    this.store = store;
    this.installation = installation;
    this.clock = clock;
    this.steps = steps;
  }

  /** Where it began, if it did. */
  Optional<Position> start() throws InterruptedException {
    return DirectTable.find(store, name).map(DirectTable.Start::position);
  }

  JointDelivery joint(Collection<Route> routes) throws InterruptedException {
    return joint(routes, writer);
  }

  private JointDelivery joint(Collection<Route> routes, Writer through)
      throws InterruptedException {
    DatasetId home = new DatasetId(DirectTable.find(store, name).orElseThrow().home());
    return joint(routes, through, home);
  }

  /** The same where nothing is known of it here, beside another dataset of the target. */
  JointDelivery joint(Collection<Route> routes, DatasetId home) {
    return joint(routes, writer, home);
  }

  private JointDelivery joint(Collection<Route> routes, Writer through, DatasetId home) {
    List<Delivery> deliveries = routes.stream().map(Route::delivery).toList();
    int lanes = Lanes.most(members.get().stream().map(SyncSpec::policies).toList());
    return new JointDelivery(installation, name, home, through, store, deliveries, lanes, steps);
  }

  /** Where all of it stands; what only some lanes have committed is brought to an end before. */
  JointProgress resume(JointDelivery joint, Collection<Route> followed)
      throws InterruptedException {
    JointProgress at = joint.resume();
    Optional<LaneRound> unfinished = joint.unfinished();
    if (unfinished.isPresent()) {
      LaneRound round = unfinished.get();
      List<Member> parts = followed.stream().map(route -> Member.of(route, at, clock)).toList();
      Position end = FinishRound.end(round);
      try (ChangeCursor cursor = reader.read(subscription.get(), position(at), end)) {
        new FinishRound(joint, round, parts, steps).finish(cursor);
      }
    }
    return joint.standing();
  }

  Position position(JointProgress at) throws InterruptedException {
    return at.position().isEmpty() ? start().orElseThrow() : new Position(at.position());
  }

  /** Brings a group whose datasets are partly loaded to a moment. */
  void bringToMoment(Collection<Gathering.Joined> all, Position moment)
      throws InterruptedException {
    JointDelivery joint =
        joint(all.stream().map(Gathering.Joined::route).toList(), writer.filling());
    try {
      List<Route> loaded =
          all.stream()
              .filter(joined -> joined.loading() == Loading.ALL)
              .map(Gathering.Joined::route)
              .toList();
      bring(joint, all, resume(joint, loaded), moment);
    } finally {
      noteLast(joint);
    }
  }

  /** Brings a group that is wholly loaded to a later place. */
  void bringTo(JointDelivery joint, Collection<Route> routes, Position place)
      throws InterruptedException {
    List<Gathering.Joined> all =
        routes.stream().map(route -> new Gathering.Joined(route, Loading.ALL)).toList();
    bring(joint, all, joint.standing(), place);
  }

  private void bring(
      JointDelivery joint, Collection<Gathering.Joined> all, JointProgress at, Position place)
      throws InterruptedException {
    Position from = position(at);
    if (from.equals(place)) {
      return;
    }
    Map<Member, Loading> parts = new LinkedHashMap<>();
    for (Gathering.Joined joined : all) {
      parts.put(Member.of(joined.route(), at, clock), joined.loading());
    }
    CatchUp catchUp = new CatchUp(joint, parts, steps);
    if (all.stream().allMatch(joined -> joined.loading() == Loading.NOTHING)) {
      catchUp.startAt(place);
      return;
    }
    try (ChangeCursor cursor = reader.read(subscription.get(), from, place)) {
      catchUp.follow(cursor, place);
    }
  }

  /** For the status of a program that has stopped; what follows asks the ledger. */
  static void noteLast(JointDelivery joint) throws InterruptedException {
    boolean interrupted = Thread.interrupted();
    try {
      joint.save();
    } finally {
      // Also where the store refuses: who is to stop must not go on because of it.
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
