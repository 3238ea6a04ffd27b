package dev.lockstep.engine.delivery;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Writer.Ability;
import dev.lockstep.connector.Writer.Batch;
import dev.lockstep.connector.Writer.Mode;
import dev.lockstep.connector.Writer.Mutation;
import dev.lockstep.connector.Writer.Outcome;
import dev.lockstep.engine.journal.ChangeCodec;
import dev.lockstep.engine.journal.Digest;
import dev.lockstep.engine.mapping.Mapper.Mapped;
import dev.lockstep.engine.reconcile.Item;
import dev.lockstep.engine.sync.Progress;
import dev.lockstep.store.Store;
import dev.lockstep.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One direction of a two-way sync: it writes to the target what is still as it was read, and keeps
 * here what became of the source's changes. Methods with a {@link Tx} are part of the transaction
 * that settles a window. The caller sees to it that both directions are not at work at once.
 */
public final class Exchange {
  private final String sync;
  private final Store store;
  private final Target target;
  private final Call call;
  private final Parking parking;
  private final Letters letters;
  private final ProgressTable progress;

  Exchange(
      String sync,
      Store store,
      Target target,
      Call call,
      Parking parking,
      Letters letters,
      ProgressTable progress) {
    this.sync = sync;
    this.store = store;
    this.target = target;
    this.call = call;
    this.parking = parking;
    this.letters = letters;
    this.progress = progress;
  }

  /** Something that is asked of the target. */
  public interface Question<T> {
    T ask() throws InterruptedException;
  }

  /** Asks until there is an answer. */
  public <T> T ask(Question<T> question) throws InterruptedException {
    return call.untilAnswered(question::ask);
  }

  /** Whether the target refuses to overwrite what was changed since it was read. */
  public boolean isConditional() {
    return target.abilities().contains(Ability.EXCHANGES);
  }

  /**
   * Writes and answers what became of each mutation, in their order.
   *
   * @param expected for each the record as it was read
   * @param most how many to write at once at most, so that one that was changed holds up few
   */
  public List<Outcome> write(List<Mutation> mutations, List<Optional<Row>> expected, int most)
      throws InterruptedException {
    List<Outcome> outcomes = new ArrayList<>(mutations.size());
    int size = Math.max(1, Math.min(most, target.limits().batchRows()));
    for (int from = 0; from < mutations.size(); from += size) {
      int to = Math.min(mutations.size(), from + size);
      Batch batch =
          new Batch(
              UUID.randomUUID().toString(),
              target.dataset(),
              target.key(),
              Mode.UPSERT,
              mutations.subList(from, to),
              Optional.empty());
      List<Optional<Row>> read = expected.subList(from, to);
      outcomes.addAll(
          call.untilAnswered(() ->
              isConditional()
                  ? target.writer().exchange(batch, read)
                  : target.writer().write(batch)));
    }
    return outcomes;
  }

  /** How far the source's changes are taken. */
  public Progress at() throws InterruptedException {
    return progress.position(Owners.EVENTS).orElse(Progress.START);
  }

  public void save(Tx tx, Progress at) {
    progress.save(tx, Owners.EVENTS, at, "");
  }

  /** Has a change wait until its record is looked at again. */
  public void park(Tx tx, Item item, Key key, Instant next, String reason) {
    parking.park(tx, Owners.EVENTS, item, List.of(key), next, reason);
    Parking.settle(tx, sync, Owners.EVENTS, item.sequence());
  }

  /** Whether changes of any record wait. */
  public boolean anyWaits(Tx tx) {
    return tx.first("SELECT 1 FROM parked WHERE sync = ? LIMIT 1", row -> row.integer(1), sync)
        .isPresent();
  }

  /** Whether so many records wait that no more should be taken. */
  public boolean isFull() {
    return parking.isFull();
  }

  /** How many records wait. */
  public int waiting() {
    return parking.size();
  }

  /** Puts off when a record is looked at again. */
  public void postpone(Tx tx, Key key, Instant next, String reason) {
    tx.update(
        "UPDATE parked SET attempts = attempts + 1, next_try = ?, reason = ? WHERE sync = ? AND"
            + " key_digest = ?",
        next.toEpochMilli(),
        reason,
        sync,
        Digest.of(key).bytes());
  }

  /**
   * Ends all changes of a record that wait.
   *
   * @param applied whether the last of them has reached the target by this
   */
  public void release(Tx tx, Key key, boolean applied) {
    int gone =
        tx.update(
            "DELETE FROM parked WHERE sync = ? AND key_digest = ?", sync, Digest.of(key).bytes());
    if (gone > 0) {
      int last = applied ? 1 : 0;
      new Shift(last, 0, gone - last, 0, 0).store(tx, sync);
    }
  }

  /** Makes dead letters of all changes of a record that wait. */
  public void bury(Tx tx, Key key, String reason, String remedy, Instant now) {
    List<Item> items =
        tx.list(
            "SELECT sequence, change FROM parked WHERE sync = ? AND key_digest = ? ORDER BY id",
            row -> item(row.integer(1), ChangeCodec.decode(row.blob(2)).getFirst()),
            sync,
            Digest.of(key).bytes());
    for (Item item : items) {
      bury(tx, item, Optional.of(key), reason, remedy, now);
    }
    release(tx, key, false);
    // Released as overtaken, and yet they are dead.
    new Shift(0, 0, -items.size(), 0, items.size()).store(tx, sync);
  }

  /** Keeps a change as a dead letter; the caller counts it. */
  public void bury(Tx tx, Item item, Optional<Key> key, String reason, String remedy, Instant now) {
    letters.keep(tx, sync, Owners.EVENTS, item, key, reason, remedy, now);
    Letters.settle(tx, sync, Owners.EVENTS, item.sequence() - 1, item.sequence());
  }

  /** Ends dead letters of records that were settled after all. */
  public void overtake(Tx tx, Collection<Key> keys) {
    if (Letters.open(tx, sync) > 0) {
      Shift.overtaken(letters.overtake(tx, sync, List.copyOf(keys))).store(tx, sync);
    }
  }

  /** A change that waits and whose record is to be looked at again. */
  public record Due(Change change, int attempts) {}

  public List<Due> due(Instant now, int limit) throws InterruptedException {
    return store.read(tx ->
        tx.list(
            "SELECT change, attempts FROM parked WHERE sync = ? AND next_try <= ? AND sealed = 0"
                + " ORDER BY id LIMIT ?",
            row ->
                new Due(
                    ChangeCodec.decode(row.blob(1)).getFirst(), Math.toIntExact(row.integer(2))),
            sync,
            now.toEpochMilli(),
            limit));
  }

  public Optional<Instant> nextTry() throws InterruptedException {
    return parking.nextTry();
  }

  /** To be called once a transaction that let changes wait, or released some, is durable. */
  public void changed() throws InterruptedException {
    parking.reload();
  }

  /** A change as it is kept. */
  public static Item item(long sequence, Change change) {
    return new Item(sequence, new Kept(change), new Mapped.Filtered());
  }

  private record Kept(Change change) implements Item.Arrival {
    @Override
    public String place() {
      return change instanceof Change.Garbled garbled ? garbled.record().place() : "";
    }
  }
}
