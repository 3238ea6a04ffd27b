package dev.lockstep.engine.delivery;

import dev.lockstep.connector.Writer;
import dev.lockstep.connector.Writer.Batch;
import dev.lockstep.connector.Writer.Outcome;
import dev.lockstep.engine.reconcile.Entry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Windows of several syncs, and the batches that bring them to their target. */
final class JointWindows {
  private final List<JointTransaction.Part> parts;
  private final List<List<Entry>> entries;
  private final List<Batch> batches;
  private final int size;

  JointWindows(List<JointTransaction.Part> parts) {
    this.parts = parts;
    this.entries = new ArrayList<>(parts.size());
    this.batches = new ArrayList<>(parts.size());
    int all = 0;
    for (JointTransaction.Part part : parts) {
      List<Entry> some = part.window().entries();
      entries.add(some);
      all += some.size();
      if (!some.isEmpty()) {
        batches.add(batch(part, some));
      }
    }
    this.size = all;
  }

  private static Batch batch(JointTransaction.Part part, List<Entry> entries) {
    Sender sender = part.delivery().sender();
    Batch batch = sender.batch(Owners.DIRECT, entries, Optional.empty());
    return part.onlyThere() ? batch.with(Writer.Mode.UPDATE) : batch;
  }

  /** How many mutations are sent. */
  int size() {
    return size;
  }

  /** What is sent: nothing for a window that came to nothing. */
  List<Batch> batches() {
    return batches;
  }

  /** What became of one sync's window. */
  record Settled(Delivery of, Settlement settlement) {}

  /**
   * What became of every window.
   *
   * @param outcomes of the batches
   */
  List<Settled> settled(List<List<Outcome>> outcomes) {
    List<Settled> all = new ArrayList<>(parts.size());
    int batch = 0;
    for (int i = 0; i < parts.size(); i++) {
      List<Entry> sent = entries.get(i);
      List<Outcome> answers = sent.isEmpty() ? List.of() : outcomes.get(batch++);
      all.add(
          new Settled(
              parts.get(i).delivery(), Settlement.of(parts.get(i).window(), sent, answers, 0)));
    }
    return all;
  }

  /** What will have become of every window if all that is sent is applied. */
  List<Settled> settledIfApplied() {
    List<List<Outcome>> outcomes = new ArrayList<>(batches.size());
    for (Batch batch : batches) {
      outcomes.add(Collections.nCopies(batch.mutations().size(), Outcome.APPLIED));
    }
    return settled(outcomes);
  }
}
