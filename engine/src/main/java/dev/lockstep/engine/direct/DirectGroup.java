package dev.lockstep.engine.direct;

import dev.lockstep.connector.ChangeReader;
import dev.lockstep.connector.ChangeReader.ChangeCursor;
import dev.lockstep.connector.ChangeReader.Retained;
import dev.lockstep.connector.ChangeReader.Subscription;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Position;
import dev.lockstep.connector.Problem;
import dev.lockstep.connector.Writer;
import dev.lockstep.engine.capture.Signal;
import dev.lockstep.engine.delivery.Delivery;
import dev.lockstep.engine.delivery.JointDelivery;
import dev.lockstep.engine.delivery.LaneRound;
import dev.lockstep.engine.run.Route;
import dev.lockstep.engine.sync.JointProgress;
import dev.lockstep.engine.sync.Steps;
import dev.lockstep.engine.sync.SyncSpec;
import dev.lockstep.engine.sync.Trouble;
import dev.lockstep.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The syncs that follow one source straight into one target. Each attends once it is loaded; when
 * all do, changes are followed for all of them together. {@link #run} is the life of one thread;
 * the other methods may be called from any.
 */
public final class DirectGroup implements Runnable {
  private static final Duration FIRST_WAIT = Duration.ofMillis(200);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final Duration HELD_WAIT = Duration.ofMinutes(1);

  private final String name;
  private final Source source;
  private final Writer writer;
  private final SequencedMap<String, SyncSpec> members;
  private final Store store;
  private final String installation;
  private final InstantSource clock;
  private final Steps steps;
  private final Gathering gathering;
  private final Turns turns = new Turns();
  private final Signal nudge = new Signal();
  private volatile @Nullable FollowDirectly following;
  private volatile @Nullable Trouble trouble;
  private volatile Instant lastHeard = Instant.EPOCH;
  private volatile Instant inStepAt = Instant.EPOCH;
  private volatile boolean lost;
  private int failures;

  /** What is followed. */
  public record Source(ChangeReader reader, Subscription subscription) {}

  /**
   * @param name no sync's name
   * @param members the syncs, by name
   */
  public DirectGroup(
      String name,
      Source source,
      Writer writer,
      SequencedMap<String, SyncSpec> members,
      Store store,
      String installation,
      InstantSource clock,
      Steps steps) {
    this.name = name;
    this.source = source;
    this.writer = writer;
    this.members = members;
    this.store = store;
    this.installation = installation;
    this.clock = clock;
    this.steps = steps;
    this.gathering = new Gathering(members.keySet(), clock);
  }

  public String name() {
    return name;
  }

  /** The names of its syncs. */
  public Set<String> members() {
    return members.keySet();
  }

  /** What went wrong, if anything did. */
  public Optional<Trouble> trouble() {
    return Optional.ofNullable(goesOn() ? null : trouble);
  }

  /** Until something has got through, what kept it is not over. */
  private boolean goesOn() {
    FollowDirectly now = following;
    return now != null && now.goesOn();
  }

  /** Whom those who are ready wait for. */
  public Optional<Trouble> awaiting() {
    List<String> missing = gathering.missing();
    return missing.isEmpty() || missing.size() == members.size()
        ? Optional.empty()
        : Optional.of(
            new Trouble(
                "group " + name,
                "waits for " + String.join(", ", missing) + ", since transactions arrive whole",
                "see what keeps it; take a sync out of the configuration to go on without it",
                true,
                gathering.since()));
  }

  /** When the source was last heard of. */
  public Instant lastHeard() {
    FollowDirectly now = following;
    return now == null ? lastHeard : now.lastHeard();
  }

  /** When the target was last seen to hold everything that the source had. */
  public Instant inStepAt() {
    FollowDirectly now = following;
    return now == null || now.inStepAt().isBefore(inStepAt) ? inStepAt : now.inStepAt();
  }

  /** What would keep the source from being followed; asks the source. */
  public List<Problem> check() throws InterruptedException {
    return source.reader().check(source.subscription());
  }

  /** What the source keeps back until the target has it; empty when it cannot tell. */
  public Optional<Retained> retained() throws InterruptedException {
    return source.reader().retained(source.subscription());
  }

  /**
   * Makes sure that the source keeps its changes from here on. A sync that loads afterwards misses
   * nothing that following will not bring.
   */
  public void subscribe() throws InterruptedException {
    Position start = source.reader().subscribe(source.subscription());
    String home = members.firstEntry().getValue().to().dataset().name();
    DirectTable.begin(store, name, new DirectTable.Start(start, home));
  }

  /** Waits until every dataset that a sync's own refers to is loaded. */
  public void awaitTurn(String sync) throws InterruptedException {
    synchronized (turns) {
      if (!turns.isOrdered()) {
        turns.order(inOrder());
      }
    }
    turns.await(sync);
  }

  private List<String> inOrder() throws InterruptedException {
    List<DatasetId> targets =
        members.values().stream().map(spec -> spec.to().dataset()).distinct().toList();
    List<String> order = new ArrayList<>();
    for (DatasetId target : writer.inOrderOfReference(targets)) {
      for (SyncSpec spec : members.values()) {
        if (spec.to().dataset().equals(target)) {
          order.add(spec.name());
        }
      }
    }
    return order;
  }

  /** Says that a sync is prepared, and how much of its dataset is loaded. */
  public void join(String sync, Route route, Loading loading) {
    gathering.join(sync, route, loading);
  }

  /** Says that a sync is going to be prepared again. */
  public void leave(String sync) {
    gathering.leave(sync);
  }

  /**
   * Brings the target to the moment at which bulk reads of the source see it, if that is not the
   * one at which they began; waits until all syncs are prepared then. To be called before a dataset
   * is loaded.
   *
   * @return the moment; empty when the source has none
   */
  public Optional<Position> bringToMoment() throws InterruptedException {
    Optional<Position> moment = source.reader().moment(source.subscription());
    if (moment.isPresent() && !moment.equals(start())) {
      catchUp(moment.get());
    }
    return moment;
  }

  private Optional<Position> start() throws InterruptedException {
    return DirectTable.find(store, name).map(DirectTable.Start::position);
  }

  private void catchUp(Position moment) throws InterruptedException {
    Map<String, Gathering.Joined> all = gathering.joined();
    List<Route> routes = all.values().stream().map(Gathering.Joined::route).toList();
    JointDelivery joint = joint(routes, writer.filling());
    try {
      catchUp(joint, all.values(), moment);
    } catch (Reshaped e) {
      gathering.dismiss(e.failure());
      throw new ConnectorException(e.failure());
    } catch (ConnectorException e) {
      lost = e.failure() instanceof Failure.PositionLost;
      throw e;
    } finally {
      noteLast(joint);
    }
  }

  private void catchUp(JointDelivery joint, Collection<Gathering.Joined> all, Position moment)
      throws InterruptedException {
    List<Route> loaded =
        all.stream()
            .filter(joined -> joined.loading() == Loading.ALL)
            .map(Gathering.Joined::route)
            .toList();
    JointProgress at = resume(joint, loaded);
    Position from = position(at);
    if (from.equals(moment)) {
      return;
    }
    CatchUp catchUp = new CatchUp(joint, members(all, at), steps);
    if (all.stream().allMatch(joined -> joined.loading() == Loading.NOTHING)) {
      catchUp.startAt(moment);
      return;
    }
    try (ChangeCursor cursor = source.reader().read(source.subscription(), from, moment)) {
      catchUp.follow(cursor, moment);
    }
  }

  /** Where all of it stands; what only some lanes have committed is brought to an end before. */
  private JointProgress resume(JointDelivery joint, List<Route> followed)
      throws InterruptedException {
    JointProgress at = joint.resume();
    Optional<LaneRound> unfinished = joint.unfinished();
    if (unfinished.isPresent()) {
      LaneRound round = unfinished.get();
      List<Member> parts = followed.stream().map(route -> Member.of(route, at, clock)).toList();
      Position end = FinishRound.end(round);
      try (ChangeCursor cursor = source.reader().read(source.subscription(), position(at), end)) {
        new FinishRound(joint, round, parts, steps).finish(cursor);
      }
    }
    return joint.standing();
  }

  private Map<Member, Loading> members(Collection<Gathering.Joined> all, JointProgress at) {
    Map<Member, Loading> members = new LinkedHashMap<>();
    for (Gathering.Joined joined : all) {
      members.put(Member.of(joined.route(), at, clock), joined.loading());
    }
    return members;
  }

  private Position position(JointProgress at) throws InterruptedException {
    return at.position().isEmpty() ? start().orElseThrow() : new Position(at.position());
  }

  /** Says that a sync's dataset is loaded. */
  public void loaded(String sync, Route route) {
    gathering.join(sync, route, Loading.ALL);
    turns.done(sync);
  }

  /**
   * Follows for a sync that is loaded, together with the others, until it is interrupted; throws
   * {@link ConnectorException} when the sync must be prepared anew.
   */
  public void attend(String sync, Route route) throws InterruptedException {
    gathering.attend(sync, route);
  }

  /** Forgets a position that was lost, so that all syncs are loaded again; true when one was. */
  public boolean restartIfLost() throws InterruptedException {
    if (!lost) {
      return false;
    }
    source.reader().unsubscribe(source.subscription());
    JointDelivery joint = joint(gathering.prepared(), writer);
    joint.forget();
    DirectTable.forget(store, name);
    turns.reset();
    trouble = null;
    lost = false;
    return true;
  }

  /** Lets a group whose syncs are to be loaded again begin with that. */
  public void restart() {
    gathering.dismiss(Failure.Transient.of("its source is read anew"));
    nudge.raise();
  }

  @Override
  public void run() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        follow();
      } catch (InterruptedException e) {
        return;
      } catch (ConnectorException e) {
        if (!rest(e.failure())) {
          return;
        }
      } catch (Reshaped e) {
        gathering.dismiss(e.failure());
      } catch (RuntimeException e) {
        if (!rest(new Failure.Permanent(e.toString()))) {
          return;
        }
      }
    }
  }

  private void follow() throws InterruptedException {
    List<Route> routes = gathering.all();
    subscribe();
    source.reader().handedOver(source.subscription());
    JointDelivery joint = joint(routes, writer);
    Position from = position(resume(joint, routes));
    try (ChangeCursor cursor = source.reader().read(source.subscription(), from)) {
      FollowDirectly follow = new FollowDirectly(cursor, joint, routes, clock, steps);
      following = follow;
      follow.follow();
    } finally {
      rememberLast();
      noteLast(joint);
    }
  }

  private void rememberLast() {
    if (goesOn()) {
      trouble = null;
    }
    lastHeard = lastHeard();
    if (inStepAt().isAfter(inStepAt)) {
      // It went on in between, so the next failure is the first of its kind.
      inStepAt = inStepAt();
      failures = 0;
    }
    following = null;
  }

  private JointDelivery joint(List<Route> routes, Writer through) throws InterruptedException {
    DatasetId home = new DatasetId(DirectTable.find(store, name).orElseThrow().home());
    List<Delivery> deliveries = routes.stream().map(Route::delivery).toList();
    int lanes = Lanes.most(members.values().stream().map(SyncSpec::policies).toList());
    return new JointDelivery(installation, name, home, through, store, deliveries, lanes, steps);
  }

  /** For the status of a program that has stopped; what follows asks the ledger. */
  private static void noteLast(JointDelivery joint) throws InterruptedException {
    boolean interrupted = Thread.interrupted();
    joint.save();
    if (interrupted) {
      throw new InterruptedException();
    }
  }

  /** Waits after a failure; false when there is no use in going on. */
  private boolean rest(Failure failure) {
    // Before the trouble is seen: whoever sees it may mend it at once, and must find it mendable.
    long seen = nudge.count();
    lost = failure instanceof Failure.PositionLost;
    trouble = Trouble.of("capture " + name, failure, clock.instant()).after(trouble);
    try {
      switch (failure) {
        case Failure.Transient(var message, var retryAfter) ->
            nudge.await(seen, retryAfter.orElse(backOff()));
        // Invariant 9: going on from elsewhere would skip changes.
        case Failure.PositionLost(var position, var message) -> nudge.await(seen, HELD_WAIT);
        // What the systems hold may have changed: the syncs look again.
        case Failure.Misconfigured _, Failure.Permanent _ -> gathering.dismiss(failure);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Duration backOff() {
    Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(failures++, 10));
    return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
  }

  @Override
  public String toString() {
    return name + members.keySet().stream().collect(Collectors.joining(", ", " (", ")"));
  }
}
