package dev.lockstep.hub;

import dev.lockstep.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What one call changes, in all objects that it touches: one moment, one author, one transaction in
 * the log. Used by the writing thread, and not kept.
 */
final class CallChanges implements EntryRules.Scene, JointEdits {
  private final Tx tx;
  private final Map<String, ObjectTable> tables;
  private final EventLog log;
  private final RandomGenerator random;
  private final Author author;
  private final Instant now;
  private final Map<String, EditSession> sessions = new HashMap<>();
  private final List<Event> events = new ArrayList<>();
  private final Set<Long> going = new HashSet<>();
  private long transaction;

  CallChanges(
      Tx tx, Map<String, ObjectTable> tables, EventLog log, RandomGenerator random, Author author) {
    this.tx = tx;
    this.tables = tables;
    this.log = log;
    this.random = random;
    this.author = author;
    this.now = log.moment();
  }

  /** The edits of one object within this call; the same ones whenever asked. */
  EditSession on(ObjectTable table) {
    return sessions.computeIfAbsent(
        table.definition().name(), name -> new EditSession(tx, table, this));
  }

  /** Writes the events; answers whether there are any. Called once, at the end. */
  boolean finish() {
    // Invariant 1, 4: entries and events are one transaction, so neither is ever seen without the
    // other.
    EventLog.append(tx, events);
    return !events.isEmpty();
  }

  long takeSeq() {
    long seq = log.next();
    transaction = transaction == 0 ? seq : transaction;
    return seq;
  }

  String makeCode() {
    return EntryCode.make(now, random);
  }

  void note(
      String object,
      long seq,
      Event.Operation operation,
      @Nullable Entry before,
      @Nullable Entry after) {
    Entry either = after == null ? Objects.requireNonNull(before) : after;
    events.add(
        new Event(
            seq,
            transaction,
            now,
            object,
            either.externalReferenceCode(),
            operation,
            either.version(),
            before == null ? null : EntryJson.bytes(before),
            after == null ? null : EntryJson.bytes(after),
            null,
            author));
  }

  @Override
  public Applied apply(String object, Edit edit) {
    ObjectTable table = tables.get(object);
    if (table == null) {
      throw new UnknownObject(object, tables.keySet());
    }
    EditCheck check = new EditCheck(table);
    Optional<EditCheck.Checked> checked = check.check(0, edit);
    if (checked.isEmpty()) {
      throw new EntriesRefused(check.problems());
    }
    return switch (on(table).apply(List.of(checked.get())).getFirst()) {
      case EditSession.Outcome.Done(Applied done) -> done;
      case EditSession.Outcome.Refused(List<EntryProblem> problems) ->
          throw new EntriesRefused(problems);
    };
  }

  @Override
  public void pair(String table, long a, long b) {
    tx.update("INSERT INTO " + table + " (a, b) VALUES (?, ?) ON CONFLICT DO NOTHING", a, b);
  }

  @Override
  public String signal(String object, Entry entry, String signal) {
    long seq = takeSeq();
    events.add(
        new Event(
            seq,
            transaction,
            now,
            object,
            entry.externalReferenceCode(),
            Event.Operation.SIGNAL,
            entry.version(),
            null,
            EntryJson.bytes(entry),
            signal,
            author));
    return log.idOf(seq);
  }

  /** The ids of the entries of an object that have these codes. */
  void ids(String object, List<String> codes, BiConsumer<String, Long> taker) {
    ObjectTable table = tables.get(object);
    if (table != null) {
      table.ids(tx, codes, taker);
    }
  }

  /** Sees to it that queries of an object find what was added. */
  private void settle(String object) {
    EditSession session = sessions.get(object);
    if (session != null) {
      session.flush();
    }
  }

  /** Notes that an entry is about to go; false when it is going already, in a circle of rules. */
  boolean begins(long id) {
    return going.add(id);
  }

  @Override
  public Author author() {
    return author;
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public Optional<Entry> find(String object, EntryRef entry) {
    settle(object);
    return Optional.ofNullable(tables.get(object)).flatMap(table -> table.find(tx, entry));
  }

  @Override
  public List<Entry> having(String object, String field, Object value, int limit) {
    settle(object);
    ObjectTable table = tables.get(object);
    return table == null
        ? List.of()
        : table.where(
            tx,
            table.column(field) + " = ? ORDER BY id LIMIT ?",
            ColumnForm.present(value),
            (long) limit);
  }

  @Override
  public boolean holds(String table, String column, long id) {
    return tx.first(
            "SELECT 1 FROM " + table + " WHERE " + column + " = ? LIMIT 1",
            row -> row.integer(1),
            id)
        .isPresent();
  }

  @Override
  public void unpair(String table, String column, long id) {
    tx.update("DELETE FROM " + table + " WHERE " + column + " = ?", id);
  }

  @Override
  public List<EntryRules.Broken> edit(String object, Edit edit) {
    ObjectTable table = tables.get(object);
    if (table == null) {
      return List.of(
          new EntryRules.Broken(
              Rule.NOT_FOUND, "", "there is no object '" + object + "'", "declare it again"));
    }
    EditCheck check = new EditCheck(table);
    Optional<EditCheck.Checked> checked = check.check(0, edit);
    List<EntryProblem> problems =
        checked.isEmpty()
            ? check.problems()
            : on(table).apply(List.of(checked.get())).getFirst().problems();
    return problems.stream()
        .map(it -> new EntryRules.Broken(it.rule(), it.field(), it.message(), it.remedy()))
        .toList();
  }

  @Override
  public long next(String series, long first) {
    return Numbers.next(tx, series, first);
  }

  @Override
  public int changed() {
    return events.size();
  }
}
