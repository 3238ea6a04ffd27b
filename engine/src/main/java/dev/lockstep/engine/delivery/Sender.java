package dev.lockstep.engine.delivery;

import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Writer.Batch;
import dev.lockstep.connector.Writer.Ledger;
import dev.lockstep.connector.Writer.Many;
import dev.lockstep.connector.Writer.Mode;
import dev.lockstep.connector.Writer.Mutation;
import dev.lockstep.connector.Writer.Outcome;
import dev.lockstep.engine.reconcile.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Sends the entries of a window and gathers their outcomes.
 *
 * <p>A target that keeps a ledger gets the whole window as one batch. Any other gets batches of its
 * own size, as many at once as it may be asked: no two entries of a window have the same key, so
 * their order is free.
 *
 * <p>A batch that fails as a whole is repeated with the same id. If it goes on failing it is
 * halved, down to the single record that spoils it, which is then set aside for later: whoever
 * makes a target stumble holds back only itself (invariant 3). A batch with a ledger is one
 * transaction and is never halved; it is repeated until it is answered.
 */
final class Sender {
  private static final int TRIES_BEFORE_HALVING = 3;

  private final String sync;
  private final Target target;
  private final Call call;

  Sender(String sync, Target target, Call call) {
    this.sync = sync;
    this.target = target;
    this.call = call;
  }

  /** One outcome for each entry, in order. */
  List<Outcome> send(String owner, List<Entry> entries, Optional<Ledger> ledger)
      throws InterruptedException {
    if (entries.isEmpty() && ledger.isEmpty()) {
      return List.of();
    }
    if (ledger.isPresent()) {
      Batch batch = batch(owner, entries, ledger);
      return call.untilAnswered(() -> writeOnce(batch));
    }
    Optional<Many> many =
        entries.size() > 1 && target.mode() == Mode.UPSERT
            ? target.writer().many(target.dataset())
            : Optional.empty();
    return many.isPresent()
        ? new SendMany(this, owner, entries).send(many.get())
        : usual(owner, entries);
  }

  /** In batches of the usual size. */
  List<Outcome> usual(String owner, List<Entry> entries) throws InterruptedException {
    List<List<Entry>> batches = split(entries, target.limits().batchRows());
    return batches.size() == 1 ? write(owner, batches.getFirst()) : sendAtOnce(owner, batches);
  }

  private static List<List<Entry>> split(List<Entry> entries, int size) {
    List<List<Entry>> batches = new ArrayList<>((entries.size() + size - 1) / size);
    for (int start = 0; start < entries.size(); ) {
      int end = cut(entries, Math.min(entries.size(), start + size));
      batches.add(entries.subList(start, end));
      start = end;
    }
    return batches;
  }

  /** A move reads what is at its old key, which must not be deleted by a batch before it. */
  private static int cut(List<Entry> entries, int at) {
    boolean parts =
        at < entries.size()
            && at > 0
            && entries.get(at).mutation() instanceof Mutation.Move
            && isOfOne(entries.get(at - 1), entries.get(at));
    return parts ? at + 1 : at;
  }

  // An entry belongs to the very item it was made of.
  @SuppressWarnings("ReferenceEquality")
  private static boolean isOfOne(Entry one, Entry other) {
    return one.item() == other.item();
  }

  Batch batch(String owner, List<Entry> entries, Optional<Ledger> ledger) {
    return new Batch(
        id(owner, entries),
        target.dataset(),
        target.key(),
        target.mode(),
        mutations(entries),
        ledger);
  }

  private static List<Mutation> mutations(List<Entry> entries) {
    Mutation[] mutations = new Mutation[entries.size()];
    for (int i = 0; i < mutations.length; i++) {
      mutations[i] = entries.get(i).mutation();
    }
    return List.of(mutations);
  }

  // Invariant 2: the id follows from the items alone, so a repeat after a crash carries the same
  // one.
  private String id(String owner, List<Entry> entries) {
    if (entries.isEmpty()) {
      return sync + "/" + owner + "/-";
    }
    long first = entries.getFirst().item().sequence();
    long last = entries.getLast().item().sequence();
    return sync + "/" + owner + "/" + first + (first == last ? "" : "-" + last);
  }

  void atOnce(int tasks, AtOnce.Task task) throws InterruptedException {
    AtOnce.run(tasks, target.concurrent(), task);
  }

  /** Sends entries as one batch; empty when it goes on failing as a whole. */
  Optional<List<Outcome>> whole(String owner, List<Entry> entries) throws InterruptedException {
    Batch batch = batch(owner, entries, Optional.empty());
    for (int i = 0; i < TRIES_BEFORE_HALVING; i++) {
      if (call.once(() -> writeOnce(batch))
          instanceof Call.Answer.Given<List<Outcome>>(var outcomes)) {
        return Optional.of(outcomes);
      }
    }
    return Optional.empty();
  }

  private List<Outcome> sendAtOnce(String owner, List<List<Entry>> batches)
      throws InterruptedException {
    AtomicReferenceArray<List<Outcome>> outcomes = new AtomicReferenceArray<>(batches.size());
    atOnce(batches.size(), at -> outcomes.set(at, write(owner, batches.get(at))));
    List<Outcome> all = new ArrayList<>();
    for (int i = 0; i < batches.size(); i++) {
      all.addAll(outcomes.get(i));
    }
    return all;
  }

  private List<Outcome> write(String owner, List<Entry> entries) throws InterruptedException {
    Batch batch = batch(owner, entries, Optional.empty());
    Optional<Failure.Transient> last = Optional.empty();
    int tries = entries.size() == 1 ? 1 : TRIES_BEFORE_HALVING;
    for (int i = 0; i < tries; i++) {
      switch (call.once(() -> writeOnce(batch))) {
        case Call.Answer.Given<List<Outcome>>(var outcomes) -> {
          return outcomes;
        }
        case Call.Answer.Failed<List<Outcome>>(var failure) -> last = Optional.of(failure);
      }
    }
    Failure.Transient failure = last.orElseThrow();
    int half = cut(entries, entries.size() / 2);
    if (entries.size() == 1 || half == entries.size()) {
      return Collections.nCopies(
          entries.size(), new Outcome.Deferred(failure.message(), failure.retryAfter()));
    }
    List<Outcome> outcomes = new ArrayList<>(write(owner, entries.subList(0, half)));
    outcomes.addAll(write(owner, entries.subList(half, entries.size())));
    return outcomes;
  }

  private List<Outcome> writeOnce(Batch batch) throws InterruptedException {
    List<Outcome> outcomes = target.writer().write(batch);
    requireOneEach(batch, outcomes);
    return outcomes;
  }

  private static void requireOneEach(Batch batch, List<Outcome> outcomes) {
    if (outcomes.size() != batch.mutations().size()) {
      throw new IllegalStateException(
          "the connector of "
              + batch.dataset()
              + " gave "
              + outcomes.size()
              + " outcomes for "
              + batch.mutations().size()
              + " mutations: "
              + Arrays.toString(outcomes.toArray()));
    }
  }
}
