package dev.lockstep.engine.direct;

import dev.lockstep.connector.Position;
import dev.lockstep.engine.delivery.Delivery;
import dev.lockstep.engine.delivery.JointDelivery;
import dev.lockstep.engine.delivery.JointTransaction;
import dev.lockstep.engine.delivery.Parking;
import dev.lockstep.engine.reconcile.Item;
import dev.lockstep.engine.reconcile.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes what was read, in transactions of the target that end where transactions of the source do.
 * One thread.
 */
final class DeliverChanges {
  /** How often an idle source's progress is written to the target, so that it can be let go. */
  private static final Duration IDLE_COMMIT = Duration.ofSeconds(10);

  private static final Duration FULL_WAIT = Duration.ofMillis(200);
  private static final Duration REST_WAIT = Duration.ofMillis(100);

  private final JointDelivery joint;
  private final List<Member> members;
  private final Alone alone;
  private final Lanes lanes;
  private final Handover handover;
  private final ReadChanges reading;
  private final InstantSource clock;
  private final BooleanSupplier isPausing;
  private volatile @Nullable Position reached;
  private volatile Instant inStepAt = Instant.EPOCH;
  private volatile boolean goesOn;
  private Instant committedAt;

  /** Read already, and the beginning of a transaction whose end has not come yet. */
  private List<Chunk> begun = List.of();

  DeliverChanges(
      JointDelivery joint,
      List<Member> members,
      Handover handover,
      ReadChanges reading,
      InstantSource clock,
      BooleanSupplier isPausing) {
    this.joint = joint;
    this.members = List.copyOf(members);
    this.alone = new Alone(members);
    this.lanes = Lanes.of(members);
    this.handover = handover;
    this.reading = reading;
    this.clock = clock;
    this.isPausing = isPausing;
    this.committedAt = clock.instant();
  }

  /** When the target was last seen to hold everything that the source had. */
  Instant inStepAt() {
    return inStepAt;
  }

  /** Up to where everything was delivered, or parked; empty before the first of it. */
  Optional<Position> reached() {
    return Optional.ofNullable(reached);
  }

  /** Whether anything was delivered, or nothing was there to be. */
  boolean goesOn() {
    return goesOn;
  }

  /** Delivers until it is interrupted, the target fails, or a pause is asked for. */
  void deliver() throws InterruptedException {
    // A record without which nothing goes on must hold before anything else is written.
    retry();
    while (true) {
      if (isPausing.getAsBoolean()) {
        throw new Paused();
      }
      if (isFull()) {
        Thread.sleep(FULL_WAIT);
      } else {
        Duration wait = lanes.await(joint, begun) ? REST_WAIT : Duration.ZERO;
        Handover.Taken taken = handover.take(begun.isEmpty() ? patience() : wait);
        List<Chunk> chunks = joined(begun, taken.chunks());
        if (chunks.isEmpty()) {
          rest(taken.idle());
        } else if (ends(chunks) == 0 && lanes.await(joint, chunks)) {
          begun = chunks;
        } else {
          alone.run(() -> transact(chunks));
        }
      }
      retry();
    }
  }

  private void retry() throws InterruptedException {
    for (Member member : members) {
      member.retries().due();
    }
  }

  private boolean isFull() {
    for (Member member : members) {
      if (parked(member).isFull()) {
        return true;
      }
    }
    return false;
  }

  private Duration patience() throws InterruptedException {
    Duration wait = Duration.ofSeconds(1);
    for (Member member : members) {
      if (parked(member).size() > 0) {
        Duration next = member.retries().untilNext();
        wait = next.compareTo(wait) < 0 ? next : wait;
      }
    }
    return wait;
  }

  private static Parking parked(Member member) {
    return member.route().delivery().parking();
  }

  private static List<Chunk> joined(List<Chunk> one, List<Chunk> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.isEmpty() ? other : one;
    }
    List<Chunk> both = new ArrayList<>(one);
    both.addAll(other);
    return both;
  }

  /** Writes up to the last point where the source was consistent, waiting for the first of them. */
  private Position transact(List<Chunk> first) throws InterruptedException {
    int whole = ends(first);
    Optional<Round> round =
        whole == 0 ? Optional.empty() : lanes.round(joint, first.subList(0, whole));
    return round.isPresent() ? inLanes(round.get(), first, whole) : inOne(first);
  }

  private Position inLanes(Round round, List<Chunk> chunks, int ends) throws InterruptedException {
    Chunk last = chunks.get(ends - 1);
    lanes.went(round.deliver(joint, last.position().token()));
    begun = List.copyOf(chunks.subList(ends, chunks.size()));
    // Invariant 1: the source is told of the place that the last of the lanes has reached.
    committed(last.position());
    noteInStep(last);
    return last.position();
  }

  private Position inOne(List<Chunk> first) throws InterruptedException {
    try (JointTransaction transaction = joint.begin()) {
      List<Chunk> chunks = first;
      int ends = ends(chunks);
      while (ends == 0) {
        // Larger than what is held at once: written as it comes, and seen only at its end.
        flush(transaction, gather(transaction, chunks));
        chunks = handover.take(Duration.ofSeconds(1)).chunks();
        ends = ends(chunks);
      }
      Map<Member, Window> windows = gather(transaction, chunks.subList(0, ends));
      begun = List.copyOf(chunks.subList(ends, chunks.size()));
      Chunk last = chunks.get(ends - 1);
      Position position = commit(transaction, windows, last.position());
      noteInStep(last);
      return position;
    }
  }

  private void noteInStep(Chunk last) {
    // The target now holds all that the source had then; its clock may be ahead of ours.
    inStepAt = last.committedAt().isBefore(committedAt) ? last.committedAt() : committedAt;
  }

  /** How many of the chunks lie before the last end of a transaction. */
  private static int ends(List<Chunk> chunks) {
    for (int i = chunks.size(); i > 0; i--) {
      if (chunks.get(i - 1).endsTransaction()) {
        return i;
      }
    }
    return 0;
  }

  private Position commit(JointTransaction transaction, Map<Member, Window> last, Position position)
      throws InterruptedException {
    transaction.commit(parts(last), position.token());
    touch(last);
    committed(position);
    return position;
  }

  private void committed(Position position) {
    committedAt = clock.instant();
    goesOn = true;
    reached = position;
    reading.committed(position);
  }

  /** The windows of these chunks; those before a clearing are written. */
  private static Map<Member, Window> gather(JointTransaction transaction, List<Chunk> chunks)
      throws InterruptedException {
    Map<Member, Window> windows = new LinkedHashMap<>();
    for (Chunk chunk : chunks) {
      if (!chunk.cleared().isEmpty()) {
        flush(transaction, windows);
        clear(transaction, List.copyOf(chunk.cleared()));
      }
      for (Chunk.Part part : chunk.parts()) {
        Window window =
            windows.computeIfAbsent(part.member(), member -> member.route().delivery().window());
        for (Item item : part.items()) {
          window.add(item);
        }
      }
    }
    return windows;
  }

  private static void clear(JointTransaction transaction, List<Member> cleared)
      throws InterruptedException {
    List<Delivery> syncs = cleared.stream().map(member -> member.route().delivery()).toList();
    transaction.clear(syncs);
    cleared.forEach(member -> member.route().precedence().touchAll());
  }

  private static void flush(JointTransaction transaction, Map<Member, Window> windows)
      throws InterruptedException {
    if (windows.isEmpty()) {
      return;
    }
    transaction.write(parts(windows));
    touch(windows);
    windows.clear();
  }

  private static List<JointTransaction.Part> parts(Map<Member, Window> windows) {
    List<JointTransaction.Part> parts = new ArrayList<>(windows.size());
    windows.forEach((member, window) ->
        parts.add(new JointTransaction.Part(member.route().delivery(), window)));
    return parts;
  }

  private static void touch(Map<Member, Window> windows) {
    windows.forEach((member, window) -> member.route().precedence().touch(window));
  }

  private void rest(Optional<Position> idle) throws InterruptedException {
    Instant now = clock.instant();
    if (idle.isEmpty()) {
      return;
    }
    goesOn = true;
    reached = idle.get();
    if (members.stream().allMatch(member -> parked(member).size() == 0)) {
      inStepAt = now;
    }
    boolean moved = !idle.get().token().equals(joint.standing().position());
    if (moved && committedAt.plus(IDLE_COMMIT).isBefore(now)) {
      // Before the source is told: it may let go of what lies before, and the ledger must not be
      // found there at the next start.
      try (JointTransaction transaction = joint.begin()) {
        commit(transaction, Map.of(), idle.get());
      }
    }
  }
}
