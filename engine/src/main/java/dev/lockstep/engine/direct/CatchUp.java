package dev.lockstep.engine.direct;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.ChangeReader.ChangeBatch;
import dev.lockstep.connector.ChangeReader.ChangeCursor;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Position;
import dev.lockstep.engine.delivery.JointDelivery;
import dev.lockstep.engine.delivery.JointTransaction;
import dev.lockstep.engine.reconcile.Item;
import dev.lockstep.engine.reconcile.Window;
import dev.lockstep.engine.sync.Steps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brings what was loaded at one moment of the source to a later one, at which the rest is going to
 * be loaded, so that the target holds what the source held at that moment. Of datasets that are not
 * wholly loaded, only the records that are there follow: the others come with the load.
 */
final class CatchUp {
  private static final int MOST_AT_ONCE = 4_096;
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final ChangeCursor cursor;
  private final JointDelivery joint;
  private final Map<DatasetId, List<Member>> members = new HashMap<>();
  private final Set<String> loaded;
  private final Steps steps;

  /**
   * @param loaded the names of the syncs whose datasets are wholly loaded
   */
  CatchUp(
      ChangeCursor cursor,
      JointDelivery joint,
      List<Member> members,
      Set<String> loaded,
      Steps steps) {
    this.cursor = cursor;
    this.joint = joint;
    this.loaded = loaded;
    this.steps = steps;
    for (Member member : members) {
      this.members
          .computeIfAbsent(member.route().source().id(), id -> new ArrayList<>())
          .add(member);
    }
  }

  /** Follows up to a moment, which the target's ledger says then. */
  void until(Position moment) throws InterruptedException {
    while (!joint.standing().position().equals(moment.token())) {
      transact(moment);
    }
    joint.save();
  }

  /** Delivers what comes next, up to a point where the source was consistent. */
  private void transact(Position moment) throws InterruptedException {
    ChangeBatch batch = cursor.next(MOST_AT_ONCE, PATIENCE);
    if (batch.changes().isEmpty() && !batch.resumeAfter().equals(moment)) {
      return;
    }
    steps.reached(Steps.Step.CAPTURED);
    try (JointTransaction transaction = joint.begin()) {
      write(transaction, batch);
      while (!batch.endsTransaction()) {
        batch = cursor.next(MOST_AT_ONCE, PATIENCE);
        write(transaction, batch);
      }
      transaction.commit(List.of(), batch.resumeAfter().token());
    }
  }

  private void write(JointTransaction transaction, ChangeBatch batch) throws InterruptedException {
    Map<Member, Window> windows = new LinkedHashMap<>();
    for (Change change : batch.changes()) {
      List<Member> following = members.getOrDefault(change.dataset(), List.of());
      if (change instanceof Change.Truncated) {
        flush(transaction, windows);
        following.forEach(Member::pass);
        transaction.clear(following.stream().map(member -> member.route().delivery()).toList());
      } else {
        for (Member member : following) {
          Item item = member.item(change);
          windows.computeIfAbsent(member, it -> it.route().delivery().window()).add(item);
        }
      }
    }
    flush(transaction, windows);
  }

  private void flush(JointTransaction transaction, Map<Member, Window> windows)
      throws InterruptedException {
    List<JointTransaction.Part> parts = new ArrayList<>(windows.size());
    windows.forEach((member, window) ->
        parts.add(
            new JointTransaction.Part(
                member.route().delivery(),
                window,
                !loaded.contains(member.route().spec().name()))));
    transaction.write(parts);
    windows.clear();
  }
}
