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
import dev.lockstep.engine.delivery.JointDelivery;
import dev.lockstep.engine.run.Route;
import dev.lockstep.engine.sync.Steps;
import dev.lockstep.engine.sync.SyncSpec;
import dev.lockstep.engine.sync.Trouble;
import dev.lockstep.engine.sync.Unforeseen;
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
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The syncs that follow one source straight into one target. Each attends once it is loaded; when
 * all do, changes are followed for all of them together. {@link #run} is the life of one thread;
 * the other methods may be called from any.
 */
public final class DirectGroup implements Runnable {
  private static final Duration HELD_WAIT = Duration.ofMinutes(1);

  private final String name;
  private final ChangeReader reader;
  private final Function<Collection<SyncSpec>, Subscription> subscriptions;
  private final Writer writer;
  private final GroupStand stand;
  private final Store store;
  private final InstantSource clock;
  private final Steps steps;
  private final Gathering gathering;
  private final Turns turns = new Turns();
  private final Signal nudge = new Signal();
  private final Reading reading = new Reading();
  private final Course course = new Course();

  /** Replaced, never changed. */
  private volatile SequencedMap<String, SyncSpec> members;

  /** Those whose order is known. */
  private @Nullable SequencedMap<String, SyncSpec> ordered;

  /**
   * What is followed.
   *
   * @param of the subscription for some syncs
   */
  record Source(ChangeReader reader, Function<Collection<SyncSpec>, Subscription> of) {}

  /**
   * @param name no sync's name
   * @param members the syncs, by name
   */
  DirectGroup(
      String name,
      Source source,
      Writer writer,
      SequencedMap<String, SyncSpec> members,
      Store store,
      String installation,
      InstantSource clock,
      Steps steps) {
    this.name = name;
    this.reader = source.reader();
    this.subscriptions = source.of();
    this.writer = writer;
    this.members = members;
    this.store = store;
    this.clock = clock;
    this.steps = steps;
    this.stand =
        new GroupStand(
            name,
            reader,
            this::subscription,
            writer,
            this::specs,
            store,
            installation,
            clock,
            steps);
    this.gathering = new Gathering(() -> this.members.keySet(), clock);
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
    return course.trouble();
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
    return course.lastHeard();
  }

  /** When the target was last seen to hold everything that the source had. */
  public Instant inStepAt() {
    return course.inStepAt();
  }

  /** What would keep the source from being followed; asks the source. */
  public List<Problem> check() throws InterruptedException {
    return reader.check(subscription());
  }

  /** What the source keeps back until the target has it; empty when it cannot tell. */
  public Optional<Retained> retained() throws InterruptedException {
    return reader.retained(subscription());
  }

  /**
   * Makes sure that the source keeps its changes from here on. A sync that loads afterwards misses
   * nothing that following will not bring.
   */
  public void subscribe() throws InterruptedException {
    Position start = reader.subscribe(subscription());
    DirectTable.begin(store, name, new DirectTable.Start(start, home().name()));
  }

  private Subscription subscription() {
    return subscriptions.apply(members.values());
  }

  private DatasetId home() {
    return members.firstEntry().getValue().to().dataset();
  }

  /**
   * Begins a group that exists for a while only: what an earlier one of the name has left at the
   * source and in the target says nothing of this one.
   */
  void beginAnew() throws InterruptedException {
    if (stand.start().isEmpty()) {
      reader.unsubscribe(subscription());
      stand.joint(List.of(), home()).forgetLedger();
    }
    subscribe();
  }

  /** Removes what is kept at the source for a group that is over. */
  void end() throws InterruptedException {
    reader.unsubscribe(subscription());
    DirectTable.forget(store, name);
  }

  /** Waits until every dataset that a sync's own refers to is loaded. */
  @SuppressWarnings("ReferenceEquality")
  public void awaitTurn(String sync) throws InterruptedException {
    synchronized (turns) {
      SequencedMap<String, SyncSpec> now = members;
      if (ordered != now) {
        turns.order(inOrder(now.values()));
        ordered = now;
      }
    }
    turns.await(sync);
  }

  private List<String> inOrder(Collection<SyncSpec> specs) throws InterruptedException {
    List<DatasetId> targets = specs.stream().map(spec -> spec.to().dataset()).distinct().toList();
    List<String> order = new ArrayList<>();
    for (DatasetId target : writer.inOrderOfReference(targets)) {
      for (SyncSpec spec : specs) {
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
    // Whoever is about to follow lets go of what is held for those who load.
    Optional<Position> moment = paused(() -> reader.moment(subscription()));
    if (moment.isPresent() && !moment.equals(stand.start())) {
      Map<String, Gathering.Joined> all = gathering.joined();
      paused(() -> catchUp(all.values(), moment.get()));
    }
    return moment;
  }

  private Position catchUp(Collection<Gathering.Joined> all, Position moment)
      throws InterruptedException {
    try {
      stand.bringToMoment(all, moment);
      return moment;
    } catch (Reshaped e) {
      gathering.dismiss(e.failure());
      throw new ConnectorException(e.failure());
    } catch (ConnectorException e) {
      course.noteLost(e.failure());
      throw e;
    }
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
    if (!course.isLost()) {
      return false;
    }
    reader.unsubscribe(subscription());
    JointDelivery joint = stand.joint(gathering.prepared());
    joint.forget();
    DirectTable.forget(store, name);
    turns.reset();
    course.beginsAnew();
    return true;
  }

  /** Lets a group whose syncs are to be loaded again begin with that. */
  public void restart() {
    gathering.dismiss(Failure.Transient.of("its source is read anew"));
    nudge.raise();
  }

  @Override
  public void run() {
    while (!Thread.currentThread().isInterrupted() && !members.isEmpty()) {
      try {
        follow();
      } catch (InterruptedException e) {
        return;
      } catch (Paused e) {
        // Whoever asked for it reads now; what is followed afterwards may be more.
        continue;
      } catch (ConnectorException e) {
        if (!rest(e.failure())) {
          return;
        }
      } catch (Reshaped e) {
        gathering.dismiss(e.failure());
      } catch (RuntimeException e) {
        if (!rest(Unforeseen.of(e))) {
          return;
        }
      }
    }
  }

  private void follow() throws InterruptedException {
    gathering.all();
    reading.follow(() -> {
      SequencedMap<String, SyncSpec> now = members;
      Optional<List<Route>> routes = gathering.present();
      if (routes.isPresent() && !now.isEmpty()) {
        follow(routes.get(), now);
      }
    });
  }

  private void follow(List<Route> routes, SequencedMap<String, SyncSpec> followed)
      throws InterruptedException {
    subscribe();
    reader.handedOver(subscription());
    JointDelivery joint = stand.joint(routes);
    Position from = stand.position(stand.resume(joint, routes));
    try (ChangeCursor cursor = reader.read(subscription(), from)) {
      FollowDirectly follow =
          new FollowDirectly(cursor, joint, routes, clock, steps, () -> isPausing(followed));
      course.begins(follow);
      follow.follow();
    } finally {
      course.ends();
      GroupStand.noteLast(joint);
    }
  }

  // A map is never changed, so that another one means other syncs.
  @SuppressWarnings("ReferenceEquality")
  private boolean isPausing(SequencedMap<String, SyncSpec> followed) {
    return reading.isAsked() || followed != members;
  }

  /** Does something while nobody reads changes; those that are followed go on where they stand. */
  <T> T paused(Callable<T> work) throws InterruptedException {
    return reading.paused(work);
  }

  GroupStand stand() {
    return stand;
  }

  /** The specs of its syncs. */
  Collection<SyncSpec> specs() {
    return members.values();
  }

  /** The routes of its syncs when all of them attend. */
  Optional<List<Route>> attending() {
    return gathering.present();
  }

  /** As {@link #attending}, and none of them leaves before {@link #letGo}. */
  Optional<List<Route>> hold() {
    return gathering.hold();
  }

  void letGo() {
    gathering.letGo();
  }

  /** Up to where everything was delivered; empty while nothing is followed. */
  Optional<Position> reached() {
    return course.reached();
  }

  /** Takes in other syncs: from now on changes are followed only for all of them. */
  void adopt(Collection<SyncSpec> others) {
    SequencedMap<String, SyncSpec> more = new LinkedHashMap<>(members);
    others.forEach(spec -> more.put(spec.name(), spec));
    regroup(more);
  }

  /** Lets go of syncs that another group has taken in. */
  void release(Collection<SyncSpec> others) {
    SequencedMap<String, SyncSpec> fewer = new LinkedHashMap<>(members);
    others.forEach(spec -> fewer.remove(spec.name()));
    regroup(fewer);
  }

  private void regroup(SequencedMap<String, SyncSpec> now) {
    members = now;
    gathering.expectOthers();
  }

  /** Sends those who attend to the group that has taken them in. */
  void sendOn() {
    gathering.dismiss(new Regrouped());
  }

  /** Waits after a failure; false when there is no use in going on. */
  private boolean rest(Failure failure) {
    // Before the trouble is seen: whoever sees it may mend it at once, and must find it mendable.
    long seen = nudge.count();
    course.failed(failure, "capture " + name, clock.instant());
    try {
      switch (failure) {
        case Failure.Transient(var message, var retryAfter) ->
            nudge.await(seen, retryAfter.orElse(course.backOff()));
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

  @Override
  public String toString() {
    return name + members.keySet().stream().collect(Collectors.joining(", ", " (", ")"));
  }
}
