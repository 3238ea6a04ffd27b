package dev.lockstep.hub;

import dev.lockstep.connector.ChangeReader;
import dev.lockstep.hub.filter.Dialect;
import dev.lockstep.store.Migration;
import dev.lockstep.store.Store;
import dev.lockstep.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Objects and their entries, hosted by Lockstep itself. Thread-safe; every method may block on the
 * store. What a method returned is durable, and every later read sees it. An interrupted edit may
 * or may not have been made.
 *
 * <p>Every change leaves an event in the same transaction; {@link HubConnection} reads them.
 */
public final class Hub {
  /** How many characters and bytes a page may hold, roughly. */
  private static final long MOST_PAGE_WEIGHT = 8 << 20;

  /** How many entries are read before their size is known. */
  private static final int PROBE = 16;

  /** The most edits in one call: what a call costs in memory and writer's time is bounded by it. */
  public static final int MOST_EDITS = 10_000;

  private static final int TRIM_AT_ONCE = 5_000;

  private final Store store;
  private final HubSettings settings;
  private final ReadWriteLock shape = new ReentrantReadWriteLock();
  private volatile SequencedMap<String, ObjectTable> tables;
  private volatile boolean defines;
  private final EventLog log;
  private final CommitSignal signal = new CommitSignal();
  private final Acknowledgements acknowledgements = new Acknowledgements();

  private record Opened(SequencedMap<String, ObjectTable> tables, EventLog log) {}

  private Hub(Store store, HubSettings settings, Opened opened) {
    this.store = store;
    this.settings = settings;
    this.tables = opened.tables();
    this.log = opened.log();
  }

  /** The tables a store needs for a hub; to be given to it before {@link #open}. */
  public static Migration migration() {
    return HubTables.MIGRATION;
  }

  /**
   * Brings the store's tables to the definitions and opens the hub on them. At most one hub is open
   * on a store.
   *
   * @throws DefinitionRefused when a definition would lose what entries hold; the store is
   *     unchanged
   */
  public static Hub open(Store store, List<ObjectDefinition> definitions, HubSettings settings)
      throws InterruptedException {
    return new Hub(store, settings, store.write(tx -> opened(tx, definitions, settings)));
  }

  /**
   * Opens the hub to be read only, on a store that was opened to be inspected.
   *
   * @throws dev.lockstep.store.StoreException when the definitions are not those the store was last
   *     brought to
   */
  public static Hub inspect(Store store, List<ObjectDefinition> definitions, HubSettings settings)
      throws InterruptedException {
    // What is there already is aligned without a write.
    return new Hub(store, settings, store.read(tx -> opened(tx, definitions, settings)));
  }

  private static Opened opened(Tx tx, List<ObjectDefinition> definitions, HubSettings settings) {
    return new Opened(
        Catalogue.align(tx, definitions), EventLog.open(tx, settings.clock(), settings.random()));
  }

  /** The objects, in the file's order. */
  public List<ObjectDefinition> objects() {
    return tables.values().stream().map(ObjectTable::definition).toList();
  }

  /**
   * One object's definition.
   *
   * @throws UnknownObject when there is none of that name
   */
  public ObjectDefinition object(String name) {
    return table(name).definition();
  }

  /** Reads one entry; empty when there is none. */
  public Optional<Entry> find(String object, EntryRef entry) throws InterruptedException {
    ObjectTable table = table(object);
    return store.read(tx -> table.find(tx, entry));
  }

  /**
   * Lists entries in the order of their ids. A page of large entries ends before its limit, so that
   * no answer outgrows memory (invariant 8); {@link EntryPage#more} then says so.
   *
   * @throws EntriesRefused when the query names no field, or a value is none of the field's type
   */
  public EntryPage list(String object, EntryQuery query) throws InterruptedException {
    ObjectTable table = table(object);
    List<Entry> found = new ArrayList<>();
    long weight = 0;
    EntryQuery next = query.upTo(Math.min(query.limit(), PROBE));
    while (true) {
      EntryFilter filter = EntryFilter.of(table, next);
      List<Entry> some = store.read(tx -> table.where(tx, filter.condition(), filter.values()));
      boolean more = some.size() > next.limit();
      found.addAll(more ? some.subList(0, next.limit()) : some);
      weight += some.stream().mapToLong(Entry::weight).sum();
      int left = query.limit() - found.size();
      if (!more || left == 0 || weight > MOST_PAGE_WEIGHT) {
        return new EntryPage(found, more);
      }
      long each = Math.max(1, weight / found.size());
      int step = (int) Math.min(left, Math.max(PROBE, (MOST_PAGE_WEIGHT - weight) / each));
      next = query.after(found.getLast().id()).upTo(step);
    }
  }

  /**
   * Entries that a condition in SQL selects, as {@link #column} names the columns.
   *
   * @param clause what follows WHERE, ordered and limited by the caller
   */
  public List<Entry> select(String object, String clause, @Nullable Object... values)
      throws InterruptedException {
    ObjectTable table = table(object);
    return store.read(tx -> table.where(tx, clause, values));
  }

  /**
   * A part of the entries that a condition in SQL selects, and how many there are, at one moment.
   *
   * @param order what follows ORDER BY
   * @throws EntriesRefused when the part holds more than an answer may (invariant 8)
   */
  public EntrySlice slice(
      String object, String condition, List<Object> values, String order, long limit, long offset)
      throws InterruptedException {
    ObjectTable table = table(object);
    List<Object> all = new ArrayList<>(values);
    all.add(limit);
    all.add(offset);
    return store.read(tx -> {
      long total =
          tx.first(
                  "SELECT count(*) FROM " + tableName(object) + " WHERE " + condition,
                  row -> row.integer(1),
                  values.toArray())
              .orElse(0L);
      Weighed entries = new Weighed(MOST_PAGE_WEIGHT);
      if (offset < total) {
        table.each(
            tx, condition + " ORDER BY " + order + " LIMIT ? OFFSET ?", entries, all.toArray());
      }
      return new EntrySlice(entries.taken(), total);
    });
  }

  /**
   * The first entries that a condition in SQL selects, in an order of the caller's. A page of large
   * entries ends before its limit (invariant 8); {@link EntryPage#more} then says so.
   *
   * @param order what follows ORDER BY
   */
  public EntryPage page(
      String object, String condition, List<Object> values, String order, int limit)
      throws InterruptedException {
    ObjectTable table = table(object);
    List<Object> all = new ArrayList<>(values);
    all.add(limit + 1L);
    FillPage page = new FillPage(limit, MOST_PAGE_WEIGHT);
    return store.read(tx ->
        page.fill(rows ->
            table.each(tx, condition + " ORDER BY " + order + " LIMIT ?", rows, all.toArray())));
  }

  /**
   * What became of one entry, the newest first, as far back as events are kept.
   *
   * @param code its external reference code; it may be gone
   */
  public List<HubEvent> history(String object, String code, int limit) throws InterruptedException {
    ObjectTable table = table(object);
    return store.read(tx ->
        EventLog.ofEntry(tx, object, code, limit).stream().map(it -> it.read(table, log)).toList());
  }

  /** Joins or parts two entries in a table of pairs; nothing happens when it is so already. */
  public void pair(String table, long a, long b, boolean joined) throws InterruptedException {
    store.write(tx ->
        joined
            ? tx.update(
                "INSERT INTO " + table + " (a, b) VALUES (?, ?) ON CONFLICT DO NOTHING", a, b)
            : tx.update("DELETE FROM " + table + " WHERE a = ? AND b = ?", a, b));
  }

  /**
   * Hands over the entries that a condition in SQL selects, one by one as they are read.
   *
   * @param more more columns, each an expression of SQL whose value is a text
   * @param clause what follows WHERE
   */
  public void each(
      Tx tx,
      String object,
      List<String> more,
      String clause,
      Consumer<FetchedEntry> taker,
      @Nullable Object... values) {
    table(object).each(tx, more, clause, taker, values);
  }

  /** How the store is asked. */
  public Dialect dialect() {
    return ColumnForm.dialect(store.product());
  }

  /** The table of an object, quoted, for queries of its own. */
  public String tableName(String object) {
    return ObjectTable.quoted(
        ObjectTable.nameOf(table(object).definition().name(), store.product()));
  }

  /** The column of a field, quoted; of a declared one or one that the hub keeps. */
  public String column(String object, String field) {
    return SystemField.named(field)
        .map(SystemField::column)
        .orElseGet(() -> table(object).column(field));
  }

  /** Runs queries against one snapshot of the hub's store. */
  public <T> T read(Store.Work<T> work) throws InterruptedException {
    return store.read(work);
  }

  /** Runs work on what is kept beside the entries, in a transaction; it changes no entry. */
  public <T> T note(Store.Work<T> work) throws InterruptedException {
    return store.write(work);
  }

  /** Follows the log and brings what a fan makes of it. */
  public ChangeReader changes(EventFan fan) {
    HubAccess access = new HubAccess(this);
    return new HubChangeReader(
        access,
        subscription -> new FanReading(access, fan, subscription.datasets().getFirst()),
        true);
  }

  /** Keeps the log no longer for a subscription; nothing happens when there is none. */
  public void unsubscribe(String subscription) throws InterruptedException {
    store.write(tx -> {
      Subscriptions.unsubscribe(tx, subscription);
      return true;
    });
  }

  /** The place in the log of the last event; a later one has a greater place. */
  public long lastEvent() {
    return log.last();
  }

  /** Adds an entry. */
  public Entry create(String object, Draft draft, Author author) throws InterruptedException {
    return one(object, new Edit.Create(draft), author).entry();
  }

  /**
   * Reads and edits entries of one object in one transaction with what else the work keeps: all of
   * it, or nothing where the work throws.
   */
  public <T> T edit(String object, Author author, Editing<T> work) throws InterruptedException {
    return steadily(() -> {
      ObjectTable table = table(object);
      return write(author, (tx, changes) -> work.run(tx, new Entries(tx, table, changes)));
    });
  }

  /** Work on entries; runs on the store's writing thread, so it is short and asks no one else. */
  public interface Editing<T> {
    T run(Tx tx, Entries entries);
  }

  /** Makes an entry read as the draft, creating it when it is named by code and not there. */
  public Applied replace(String object, EntryRef entry, Draft draft, Match match, Author author)
      throws InterruptedException {
    return one(object, new Edit.Replace(entry, draft, match), author);
  }

  /** Sets the fields that the draft has and keeps the others. */
  public Applied patch(String object, EntryRef entry, Draft draft, Match match, Author author)
      throws InterruptedException {
    return one(object, new Edit.Patch(entry, draft, match), author);
  }

  /** Removes an entry and answers what it last was. */
  public Entry delete(String object, EntryRef entry, Match match, Author author)
      throws InterruptedException {
    return one(object, new Edit.Delete(entry, match), author).entry();
  }

  /**
   * Makes all edits in their order in one transaction, or none: each sees those before it.
   *
   * @throws EntriesRefused with every problem of every edit when there is one
   * @throws IllegalArgumentException for more than {@link #MOST_EDITS}
   */
  public List<Applied> apply(String object, List<Edit> edits, Author author)
      throws InterruptedException {
    if (edits.size() > MOST_EDITS) {
      throw new IllegalArgumentException(
          edits.size() + " edits in one call; send at most " + MOST_EDITS);
    }
    return steadily(() -> applied(table(object), edits, author));
  }

  private List<Applied> applied(ObjectTable table, List<Edit> edits, Author author)
      throws InterruptedException {
    EditCheck check = new EditCheck(table);
    List<EditCheck.Checked> checked = new ArrayList<>(edits.size());
    for (int i = 0; i < edits.size(); i++) {
      check.check(i, edits.get(i)).ifPresent(checked::add);
    }
    if (!check.problems().isEmpty()) {
      throw new EntriesRefused(check.problems());
    }
    return write(author, (tx, changes) -> allOrNone(changes.on(table).apply(checked)));
  }

  /** Makes edits of several objects, and what is kept beside them, in one transaction, or none. */
  public <T> T together(Author author, JointEdits.Work<T> work) throws InterruptedException {
    return steadily(() -> write(author, work::run));
  }

  /**
   * Adds, changes and removes objects while entries are read and written, in one transaction with
   * what else the work keeps. Edits wait meanwhile. An interrupt does not undo the work.
   *
   * @throws DefinitionRefused when it would lose what entries hold; nothing is changed
   */
  public <T> T define(Defining<T> work) {
    shape.writeLock().lock();
    try {
      Defined<T> defined =
          Uninterrupted.call(() ->
              store.write(tx -> {
                Shapes shapes = new Shapes(tx, tables);
                return new Defined<>(work.run(tx, shapes), shapes.tables());
              }));
      tables = defined.tables();
      defines = true;
      return defined.answer();
    } finally {
      shape.writeLock().unlock();
    }
  }

  private record Defined<T extends @Nullable Object>(
      T answer, SequencedMap<String, ObjectTable> tables) {}

  /** Work that changes objects; runs on the store's writing thread. */
  public interface Defining<T extends @Nullable Object> {
    T run(Tx tx, Shapes shapes);
  }

  /**
   * Discards events that every subscription has acknowledged and that are older than the retention;
   * answers how many. The owner calls it from time to time, from one thread; interrupting it is
   * harmless.
   */
  public long trim() throws InterruptedException {
    long trimmed = 0;
    int last = TRIM_AT_ONCE;
    while (last == TRIM_AT_ONCE) {
      last =
          store.write(tx -> {
            acknowledgements.write(tx);
            return EventLog.trim(tx, Subscriptions.readByAll(tx), oldest(), TRIM_AT_ONCE);
          });
      trimmed += last;
    }
    return trimmed;
  }

  private Instant oldest() {
    return settings.clock().instant().minus(settings.retention());
  }

  private Applied one(String object, Edit edit, Author author) throws InterruptedException {
    return apply(object, List.of(edit), author).getFirst();
  }

  private static List<Applied> allOrNone(List<EditSession.Outcome> outcomes) {
    List<Applied> applied = new ArrayList<>(outcomes.size());
    List<EntryProblem> problems = new ArrayList<>();
    for (EditSession.Outcome outcome : outcomes) {
      switch (outcome) {
        case EditSession.Outcome.Done(Applied done) -> applied.add(done);
        case EditSession.Outcome.Refused(List<EntryProblem> why) -> problems.addAll(why);
      }
    }
    if (!problems.isEmpty()) {
      // Thrown inside the store's work, so that the savepoint undoes the edits that were made.
      throw new EntriesRefused(problems);
    }
    return applied;
  }

  /**
   * Runs work in the writer's transaction, and wakes the log's readers after the commit when there
   * is something new. Within {@link #steadily}.
   */
  <T> T write(Author author, ChangingWork<T> work) throws InterruptedException {
    Written<T> written =
        store.write(tx -> {
          CallChanges changes = new CallChanges(tx, tables, log, settings.random(), author);
          T answer = work.run(tx, changes);
          return new Written<>(answer, changes.finish());
        });
    if (written.changed()) {
      signal.raise();
    }
    return written.answer();
  }

  private record Written<T extends @Nullable Object>(T answer, boolean changed) {}

  /** Work that changes entries. */
  interface ChangingWork<T> {
    T run(Tx tx, CallChanges changes);
  }

  /** Calls while no object is changed. */
  <T> T steadily(HubAccess.Call<T> call) throws InterruptedException {
    shape.readLock().lockInterruptibly();
    try {
      return call.run();
    } finally {
      shape.readLock().unlock();
    }
  }

  ObjectTable table(String name) {
    ObjectTable table = tables.get(name);
    if (table == null) {
      throw new UnknownObject(name, tables.keySet());
    }
    return table;
  }

  /** Whether objects are defined while it is open. */
  boolean defines() {
    return defines;
  }

  Map<String, ObjectTable> tables() {
    return tables;
  }

  Store store() {
    return store;
  }

  EventLog log() {
    return log;
  }

  CommitSignal signal() {
    return signal;
  }

  Acknowledgements acknowledgements() {
    return acknowledgements;
  }
}
