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

/**
 * Brings what was loaded at one moment of the source to a later one, at which the rest is going to
 * be loaded, so that the target holds what the source held at that moment. Of datasets that are not
 * wholly loaded, only the records that are there follow: the others come with the load.
 */
final class CatchUp {
  private static final int MOST_AT_ONCE = 4_096;
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final JointDelivery joint;
  private final Map<DatasetId, List<Member>> members = new HashMap<>();
  private final Map<Member, Loading> loading;
  private final Steps steps;
  private final Alone alone;

  CatchUp(JointDelivery joint, Map<Member, Loading> loading, Steps steps) {
    this.joint = joint;
    this.loading = loading;
    this.steps = steps;
    this.alone = new Alone(List.copyOf(loading.keySet()));
    loading.forEach((member, loaded) -> {
      if (loaded != Loading.NOTHING) {
        members.computeIfAbsent(member.route().source().id(), id -> new ArrayList<>()).add(member);
      }
    });
  }

  /** Lets everything begin at a moment, where nothing was loaded before. */
  void startAt(Position moment) throws InterruptedException {
    try (JointTransaction transaction = joint.begin()) {
      transaction.commit(List.of(), moment.token());
    }
    joint.save();
  }

  /** Follows up to a moment, which the target's ledger says then. */
  void follow(ChangeCursor cursor, Position moment) throws InterruptedException {
    while (!joint.standing().position().equals(moment.token())) {
      transact(cursor, moment);
    }
    joint.save();
  }

  /** Delivers what comes next, up to a point where the source was consistent. */
  private void transact(ChangeCursor cursor, Position moment) throws InterruptedException {
    ChangeBatch batch = cursor.next(MOST_AT_ONCE, PATIENCE);
    if (batch.changes().isEmpty() && !batch.resumeAfter().equals(moment)) {
      return;
    }
    steps.reached(Steps.Step.CAPTURED);
    alone.run(() -> transact(cursor, batch));
  }

  private Position transact(ChangeCursor cursor, ChangeBatch first) throws InterruptedException {
    try (JointTransaction transaction = joint.begin()) {
      ChangeBatch batch = first;
      write(transaction, batch);
      while (!batch.endsTransaction()) {
        batch = cursor.next(MOST_AT_ONCE, PATIENCE);
        write(transaction, batch);
      }
      transaction.commit(List.of(), batch.resumeAfter().token());
      return batch.resumeAfter();
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
        following.forEach(member -> member.route().precedence().touchAll());
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
                member.route().delivery(), window, loading.get(member) != Loading.ALL)));
    transaction.write(parts);
    // A run of one of them may have read these records before they were changed.
    windows.forEach((member, window) -> member.route().precedence().touch(window));
    windows.clear();
  }
}
