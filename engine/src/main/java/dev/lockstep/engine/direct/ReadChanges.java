package dev.lockstep.engine.direct;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.ChangeReader.ChangeBatch;
import dev.lockstep.connector.ChangeReader.ChangeCursor;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Position;
import dev.lockstep.engine.reconcile.Item;
import dev.lockstep.engine.sync.Steps;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads and maps changes, and tells the source what is durable in the target. One thread. */
final class ReadChanges {
  private static final int MOST_AT_ONCE = 4_096;
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final ChangeCursor cursor;
  private final Map<DatasetId, List<Member>> members;
  private final Handover handover;
  private final InstantSource clock;
  private final Steps steps;
  private volatile @Nullable Position durable;
  private volatile Instant lastHeard = Instant.EPOCH;
  private @Nullable Position acknowledged;

  ReadChanges(
      ChangeCursor cursor,
      List<Member> members,
      Handover handover,
      InstantSource clock,
      Steps steps) {
    this.cursor = cursor;
    this.handover = handover;
    this.clock = clock;
    this.steps = steps;
    this.members = new HashMap<>();
    for (Member member : members) {
      this.members
          .computeIfAbsent(member.route().source().id(), id -> new ArrayList<>())
          .add(member);
    }
  }

  /** Says that everything up to a position has been committed by the target. */
  void committed(Position position) {
    durable = position;
  }

  /** When the source was last heard of. */
  Instant lastHeard() {
    return lastHeard;
  }

  /** Reads until it is interrupted or the source fails. */
  void read() throws InterruptedException {
    while (true) {
      acknowledge();
      ChangeBatch batch = cursor.next(MOST_AT_ONCE, PATIENCE);
      lastHeard = clock.instant();
      if (batch.changes().isEmpty() && batch.endsTransaction()) {
        handover.heard(batch.resumeAfter());
      } else {
        steps.reached(Steps.Step.CAPTURED);
        hand(batch);
      }
    }
  }

  private void acknowledge() throws InterruptedException {
    Position now = durable;
    if (now != null && !now.equals(acknowledged)) {
      // Invariant 1: the source is told only what the target has committed.
      cursor.acknowledge(now);
      acknowledged = now;
      steps.reached(Steps.Step.ACKNOWLEDGED);
    }
  }

  private void hand(ChangeBatch batch) throws InterruptedException {
    Draft draft = new Draft(Set.of(), committedAt(batch));
    for (Change change : batch.changes()) {
      List<Member> following = members.getOrDefault(change.dataset(), List.of());
      if (change instanceof Change.Truncated) {
        draft = cleared(draft, following, batch);
      } else {
        for (Member member : following) {
          draft.add(member, member.item(change));
        }
      }
    }
    handover.put(draft.chunk(batch, batch.endsTransaction(), batch.bytes()));
  }

  /** What comes before a clearing is handed over by itself. */
  private Draft cleared(Draft draft, List<Member> following, ChangeBatch batch)
      throws InterruptedException {
    following.forEach(Member::pass);
    Set<Member> cleared = new LinkedHashSet<>(following);
    if (draft.changes == 0) {
      cleared.addAll(draft.cleared);
    } else {
      handover.put(draft.chunk(batch, false, 0));
    }
    return new Draft(cleared, draft.committedAt);
  }

  private static Instant committedAt(ChangeBatch batch) {
    return batch.changes().isEmpty()
        ? Instant.EPOCH
        : batch.changes().getLast().mark().committedAt();
  }

  /** A chunk that is being filled. */
  private static final class Draft {
    private final Set<Member> cleared;
    private final Instant committedAt;
    private final Map<Member, List<Item>> items = new IdentityHashMap<>();
    private @Nullable Member last;
    private List<Item> lastItems = List.of();
    private int changes;

    Draft(Set<Member> cleared, Instant committedAt) {
      this.cleared = cleared;
      this.committedAt = committedAt;
    }

    void add(Member member, Item item) {
      if (member != last) {
        last = member;
        lastItems = items.computeIfAbsent(member, m -> new ArrayList<>());
      }
      lastItems.add(item);
      changes++;
    }

    Chunk chunk(ChangeBatch batch, boolean endsTransaction, long bytes) {
      List<Chunk.Part> parts = new ArrayList<>(items.size());
      items.forEach((member, list) -> parts.add(new Chunk.Part(member, list)));
      return new Chunk(
          cleared, parts, batch.resumeAfter(), endsTransaction, changes, bytes, committedAt);
    }
  }
}
