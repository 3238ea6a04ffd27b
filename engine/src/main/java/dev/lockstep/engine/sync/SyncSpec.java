package dev.lockstep.engine.sync;

import dev.lockstep.engine.schedule.ScheduleSpec;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * One source dataset kept in step with one target dataset, as the user declared it.
 *
 * @param where a CEL condition over {@code record}; absent means every record
 * @param map target field to CEL expression over {@code record}, in the file's order; empty means
 *     same-named fields
 * @param key target fields that identify a record; empty means the target dataset's own key
 * @param freshness the promise: how stale the copy may get
 * @param parallel how many partitions a run reads at once
 * @param create whether a missing target dataset is created
 */
public record SyncSpec(
    String name,
    Endpoint from,
    Endpoint to,
    Optional<String> where,
    Leaving leaving,
    SequencedMap<String, String> map,
    List<String> key,
    Optional<Duration> freshness,
    Strategy strategy,
    Optional<ScheduleSpec> schedule,
    Mode mode,
    Optional<Incremental> incremental,
    Guard guard,
    Retry retry,
    int parallel,
    boolean create,
    Policies policies) {

  public SyncSpec {
    map = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(map));
    key = List.copyOf(key);
    if (name.isBlank()) {
      throw new IllegalArgumentException("a sync's name is blank");
    }
    if (parallel < 1) {
      throw new IllegalArgumentException("parallel " + parallel);
    }
    if (mode == Mode.MIRROR && incremental.isPresent()) {
      throw new IllegalArgumentException("a mirror reads everything, so it cannot be incremental");
    }
  }

  /** A sync of same-named fields with every default. */
  public static SyncSpec of(String name, Endpoint from, Endpoint to) {
    return new SyncSpec(
        name,
        from,
        to,
        Optional.empty(),
        Leaving.KEEP,
        new LinkedHashMap<>(),
        List.of(),
        Optional.empty(),
        Strategy.AUTO,
        Optional.empty(),
        Mode.UPSERT,
        Optional.empty(),
        Guard.DEFAULT,
        Retry.DEFAULT,
        2,
        false,
        Policies.DEFAULT);
  }

  /** Present where its datasets are kept equal in both directions. */
  public Optional<TwoWay> twoWay() {
    return policies.twoWay();
  }

  /**
   * The same between the same datasets in the other direction, for a two-way sync.
   *
   * @param inverse source field to CEL expression over a record of the target
   * @param sourceKey the key of the source, empty for its own
   */
  public SyncSpec returning(SequencedMap<String, String> inverse, List<String> sourceKey) {
    TwoWay there = twoWay().orElseThrow();
    return new SyncSpec(
        name + TwoWay.BACK,
        to,
        from,
        where,
        leaving,
        inverse,
        sourceKey,
        freshness,
        strategy,
        schedule,
        mode,
        incremental,
        guard,
        retry,
        parallel,
        false,
        policies.with(there.returning()));
  }

  /** The sync of a whole schema that this one belongs to; the part of the name before the dot. */
  public Optional<String> group() {
    int dot = name.indexOf('.');
    return dot < 0 || twoWay().isPresent() ? Optional.empty() : Optional.of(name.substring(0, dot));
  }

  /** The same sync under another name, between other datasets. */
  public SyncSpec as(String otherName, Endpoint otherFrom, Endpoint otherTo) {
    return new SyncSpec(
        otherName,
        otherFrom,
        otherTo,
        where,
        leaving,
        map,
        key,
        freshness,
        strategy,
        schedule,
        mode,
        incremental,
        guard,
        retry,
        parallel,
        create,
        policies);
  }

  /** The same sync with another guard. */
  public SyncSpec withGuard(Guard other) {
    return new SyncSpec(
        name,
        from,
        to,
        where,
        leaving,
        map,
        key,
        freshness,
        strategy,
        schedule,
        mode,
        incremental,
        other,
        retry,
        parallel,
        create,
        policies);
  }
}
