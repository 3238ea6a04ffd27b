package dev.lockstep.engine.direct;

import dev.lockstep.connector.ChangeReader;
import dev.lockstep.connector.ChangeReader.Retained;
import dev.lockstep.connector.ChangeReader.Subscription;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Problem;
import dev.lockstep.connector.Writer;
import dev.lockstep.engine.sync.Steps;
import dev.lockstep.engine.sync.SyncSpec;
import dev.lockstep.store.Store;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The syncs that follow one source straight into one target: the group, whose transactions arrive
 * whole, and beside it those that have come since. Newcomers are a group of their own, loaded and
 * followed through a subscription of their own while the group goes on, until they are about as far
 * as the group is; then they join it. {@link #run} is the life of the thread that has them join;
 * the other methods may be called from any.
 */
public final class DirectGroups implements Runnable {
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  /** So many lie before the last: who has nothing to bring is heard of once in a second or two. */
  private static final int MOST_LOOKS = 6;

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final Writer writer;
  private final DirectGroup group;
  private final DirectGroup newcomers;
  private final Optional<JoinGroups> join;
  private final Shared shared;

  /** Those of which it is not known yet whether they can be followed apart. */
  private final List<SyncSpec> undecided;

  /** Whether any of the group was not loaded when this began. */
  private final boolean isLoading;

  /** What all groups of an engine share. */
  public record Shared(
      Store store, Membership membership, String installation, InstantSource clock, Steps steps) {}

  /**
   * @param name no sync's name
   * @param syncs all syncs between the two
   */
  public DirectGroups(
      String name,
      ChangeReader reader,
      Subscription subscription,
      Writer writer,
      List<SyncSpec> syncs,
      Shared shared)
      throws InterruptedException {
    this.writer = writer;
    this.shared = shared;
    String apart = name + "+joining";
    Sorted sorted = Sorted.of(syncs, name, apart, reader.order().isPresent(), shared.membership());
    this.undecided = new ArrayList<>(sorted.unknown());
    this.isLoading = sorted.isLoading();
    this.group =
        group(name, new DirectGroup.Source(reader, members -> subscription), sorted.members());
    this.newcomers =
        group(
            apart,
            new DirectGroup.Source(
                reader,
                members ->
                    new Subscription(subscription.name() + "_joining", datasets(members), true)),
            sorted.newcomers());
    this.join = reader.order().map(order -> new JoinGroups(group, newcomers, order, shared));
  }

  private DirectGroup group(
      String name, DirectGroup.Source source, SequencedMap<String, SyncSpec> members) {
    return new DirectGroup(
        name,
        source,
        writer,
        members,
        shared.store(),
        shared.installation(),
        shared.clock(),
        shared.steps());
  }

  private static List<DatasetId> datasets(Collection<SyncSpec> syncs) {
    Set<DatasetId> datasets =
        syncs.stream()
            .map(spec -> spec.from().dataset())
            .collect(Collectors.toCollection(TreeSet::new));
    return List.copyOf(datasets);
  }

  /**
   * Where syncs belong at a start.
   *
   * @param unknown those of the newcomers that nothing was done for yet
   * @param isLoading whether some of the members are not loaded
   */
  private record Sorted(
      SequencedMap<String, SyncSpec> members,
      SequencedMap<String, SyncSpec> newcomers,
      List<SyncSpec> unknown,
      boolean isLoading) {

    static Sorted of(
        List<SyncSpec> syncs, String name, String apart, boolean canJoin, Membership membership)
        throws InterruptedException {
      Sorted sorted =
          new Sorted(new LinkedHashMap<>(), new LinkedHashMap<>(), new ArrayList<>(), false);
      int loaded = 0;
      for (SyncSpec spec : syncs) {
        Optional<Membership.Part> part = membership.of(spec.name());
        if (part.isPresent() && part.get().group().equals(name)) {
          sorted.members.put(spec.name(), spec);
          loaded += part.get().loaded() ? 1 : 0;
        } else {
          sorted.newcomers.put(spec.name(), spec);
          if (part.isEmpty() || !part.get().group().equals(apart)) {
            sorted.unknown.add(spec);
          }
        }
      }
      if (canJoin && loaded > 0) {
        return new Sorted(
            sorted.members, sorted.newcomers, sorted.unknown, loaded < sorted.members.size());
      }
      // Nothing is there that could go on meanwhile, or nobody can tell who is further.
      SequencedMap<String, SyncSpec> all = new LinkedHashMap<>();
      syncs.forEach(spec -> all.put(spec.name(), spec));
      return new Sorted(all, new LinkedHashMap<>(), List.of(), true);
    }
  }

  /** The group that a sync is followed in just now. */
  public DirectGroup of(String sync) {
    return newcomers.members().contains(sync) ? newcomers : group;
  }

  /**
   * Makes sure that the source keeps a sync's changes from here on, and answers the group that it
   * is loaded in and followed with.
   */
  public DirectGroup enter(String sync) throws InterruptedException {
    // What the group's subscription brings by the time newcomers join must hold theirs.
    group.subscribe();
    if (group.members().contains(sync)) {
      return group;
    }
    synchronized (undecided) {
      decide();
      if (newcomers.members().contains(sync)) {
        newcomers.beginAnew();
        return newcomers;
      }
    }
    return group;
  }

  /**
   * Datasets that refer to each other cannot stand at different moments, and what is read of one
   * moment must not be read for others: such newcomers are loaded while the group waits for them.
   */
  private void decide() throws InterruptedException {
    if (undecided.isEmpty()) {
      return;
    }
    List<SyncSpec> all = Stream.concat(group.specs().stream(), undecided.stream()).toList();
    if (isLoading || sharesDatasets(all) || refers(group.specs(), undecided)) {
      group.adopt(undecided);
      newcomers.release(undecided);
    }
    undecided.clear();
  }

  private static boolean sharesDatasets(List<SyncSpec> syncs) {
    Set<DatasetId> from = new HashSet<>();
    Set<DatasetId> to = new HashSet<>();
    return !syncs.stream()
        .allMatch(spec -> from.add(spec.from().dataset()) && to.add(spec.to().dataset()));
  }

  /** Whether any of some datasets refers to any of others, or the other way round. */
  private boolean refers(Collection<SyncSpec> some, Collection<SyncSpec> others)
      throws InterruptedException {
    List<DatasetId> one = writer.inOrderOfReference(targets(some));
    List<DatasetId> other = writer.inOrderOfReference(targets(others));
    return !isInOrder(one, other) || !isInOrder(other, one);
  }

  private boolean isInOrder(List<DatasetId> first, List<DatasetId> then)
      throws InterruptedException {
    List<DatasetId> both = Stream.concat(first.stream(), then.stream()).toList();
    return writer.inOrderOfReference(both).equals(both);
  }

  private static List<DatasetId> targets(Collection<SyncSpec> syncs) {
    return syncs.stream().map(spec -> spec.to().dataset()).toList();
  }

  /** The groups that have syncs. */
  public List<DirectGroup> groups() {
    return Stream.of(group, newcomers).filter(it -> !it.members().isEmpty()).toList();
  }

  /** What would keep the source from being followed; asks the source. */
  public List<Problem> check() throws InterruptedException {
    return group.check();
  }

  /** What the source keeps back until the target has it; empty when it cannot tell. */
  public Optional<Retained> retained() throws InterruptedException {
    List<Retained> all = new ArrayList<>();
    for (DirectGroup each : groups()) {
      each.retained().ifPresent(all::add);
    }
    return all.stream().max(Comparator.comparingLong(Retained::bytes));
  }

  @Override
  public void run() {
    try {
      Set<String> syncs =
          Stream.concat(group.members().stream(), newcomers.members().stream())
              .collect(Collectors.toSet());
      untilDone(() -> {
        shared.membership().forgetOthers(Set.of(group.name(), newcomers.name()), syncs);
        return true;
      });
      if (join.isPresent()) {
        untilDone(() -> haveJoined(join.get()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean haveJoined(JoinGroups joining) throws InterruptedException {
    awaitNear(joining);
    if (newcomers.members().isEmpty() || joining.join()) {
      newcomers.end();
      return true;
    }
    return false;
  }

  /** Something that may fail, or not come about yet. */
  private interface Attempt {
    boolean isDone() throws InterruptedException;
  }

  private static void untilDone(Attempt attempt) throws InterruptedException {
    int failures = 0;
    while (true) {
      try {
        if (attempt.isDone()) {
          return;
        }
      } catch (RuntimeException e) {
        // Both groups go on apart, and say themselves what keeps them.
        Duration wait = LOOK_EVERY.multipliedBy(1L << Math.min(failures++, 10));
        Thread.sleep(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
      }
    }
  }

  /** Returns once newcomers are near to the group, or none are left. */
  private void awaitNear(JoinGroups joining) throws InterruptedException {
    Deque<JoinGroups.Look> looks = new ArrayDeque<>();
    while (!newcomers.members().isEmpty()) {
      Optional<JoinGroups.Look> now = joining.look();
      if (now.isEmpty()) {
        looks.clear();
      } else {
        looks.add(now.get());
      }
      if (looks.size() > MOST_LOOKS) {
        JoinGroups.Look before = looks.remove();
        if (joining.areNear(before, looks.getLast())) {
          return;
        }
      }
      Thread.sleep(LOOK_EVERY);
    }
  }
}
