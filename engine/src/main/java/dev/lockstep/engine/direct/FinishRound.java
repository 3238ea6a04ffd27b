package dev.lockstep.engine.direct;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.ChangeReader.ChangeBatch;
import dev.lockstep.connector.ChangeReader.ChangeCursor;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Position;
import dev.lockstep.engine.delivery.JointDelivery;
import dev.lockstep.engine.delivery.LaneRound;
import dev.lockstep.engine.reconcile.Item;
import dev.lockstep.engine.sync.Counts;
import dev.lockstep.engine.sync.Steps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Ends a round of lanes that was left when only some of them had committed. Its changes are read
 * once more, and those of the other lanes are written in one transaction that ends where the round
 * does: in between, records would be seen as they were before what is in the target already.
 *
 * <p>Where records would go to other lanes today, because the mapping is another one, all of it is
 * written again, which leaves every record as it is at the round's end.
 */
final class FinishRound {
  private static final int MOST_AT_ONCE = 4_096;
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final JointDelivery joint;
  private final LaneRound begun;
  private final List<Member> members;
  private final Steps steps;

  FinishRound(JointDelivery joint, LaneRound begun, Collection<Member> members, Steps steps) {
    this.joint = joint;
    this.begun = begun;
    this.members = List.copyOf(members);
    this.steps = steps;
  }

  /** Where what it reads has to end. */
  static Position end(LaneRound begun) {
    return new Position(begun.to());
  }

  /** Reads and writes what is missing. */
  void finish(ChangeCursor cursor) throws InterruptedException {
    // Invariant 8: a round was held in memory when it was made, and is no larger now.
    List<Chunk> chunks = new ArrayList<>();
    ChangeBatch batch;
    do {
      batch = cursor.next(MOST_AT_ONCE, PATIENCE);
      chunks.add(chunk(batch));
    } while (!batch.resumeAfter().equals(end(begun)));
    steps.reached(Steps.Step.CAPTURED);
    new Alone(members)
        .run(() -> {
          write(chunks);
          return begun;
        });
  }

  private Chunk chunk(ChangeBatch batch) throws InterruptedException {
    Map<Member, List<Item>> items = new LinkedHashMap<>();
    for (Change change : batch.changes()) {
      for (Member member : following(change.dataset())) {
        if (change instanceof Change.Truncated) {
          // None was in the round, so this dataset was none of its.
          member.pass();
        } else {
          items.computeIfAbsent(member, it -> new ArrayList<>()).add(member.item(change));
        }
      }
    }
    List<Chunk.Part> parts = new ArrayList<>(items.size());
    items.forEach((member, list) -> parts.add(new Chunk.Part(member, list)));
    return new Chunk(
        Set.of(),
        parts,
        batch.resumeAfter(),
        batch.endsTransaction(),
        batch.changes().size(),
        batch.bytes(),
        Instant.EPOCH);
  }

  private List<Member> following(DatasetId dataset) {
    return members.stream().filter(it -> it.route().source().id().equals(dataset)).toList();
  }

  private void write(List<Chunk> chunks) throws InterruptedException {
    // They may have been told to do without lanes since.
    if (!ended(Lanes.of(members), chunks) && !ended(Lanes.ofAll(members), chunks)) {
      Round round = Round.whole(chunks);
      round.end(joint, Map.of(), begun.to());
      round.touch();
    }
  }

  /** False where the records did not go to the same lanes. */
  private boolean ended(Lanes lanes, List<Chunk> chunks) throws InterruptedException {
    Optional<Round> round = Round.of(lanes, begun.lanes(), chunks);
    if (round.isEmpty()) {
      return false;
    }
    Map<Integer, Map<String, Counts>> known = round.get().known(begun);
    if (known.isEmpty()) {
      return false;
    }
    round.get().end(joint, known, begun.to());
    round.get().touch();
    return true;
  }
}
