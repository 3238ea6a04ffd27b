package dev.lockstep.engine.run;

import dev.lockstep.connector.BulkReader.Partition;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.engine.delivery.Owners;
import dev.lockstep.engine.delivery.ProgressTable;
import dev.lockstep.engine.sync.Counts;
import dev.lockstep.store.Migration;
import dev.lockstep.store.Store;
import dev.lockstep.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The runs of all syncs, their partitions, and what a mirror has seen. Thread-safe. */
public final class RunTable {
  private static final String COLUMNS =
      "id, sync, kind, cause, state, started_at, ended_at, captured, applied, unchanged, superseded,"
          + " filtered, dead, deleted, message, expected, decoded";

  /** Stands where others have the reason why they are read one by one. */
  private static final String BYTES = "";

  private final Store store;

  public RunTable(Store store) {
    this.store = store;
  }

  public static Migration migration() {
    return new Migration(
        "run",
        List.of(
            """
            CREATE TABLE run (
              id INTEGER PRIMARY KEY AUTOINCREMENT, sync TEXT NOT NULL, kind TEXT NOT NULL,
              cause TEXT NOT NULL, state TEXT NOT NULL, started_at INTEGER NOT NULL,
              ended_at INTEGER, captured INTEGER NOT NULL DEFAULT 0,
              applied INTEGER NOT NULL DEFAULT 0, unchanged INTEGER NOT NULL DEFAULT 0,
              superseded INTEGER NOT NULL DEFAULT 0, filtered INTEGER NOT NULL DEFAULT 0,
              dead INTEGER NOT NULL DEFAULT 0, deleted INTEGER NOT NULL DEFAULT 0,
              unread INTEGER NOT NULL DEFAULT 0, message TEXT NOT NULL DEFAULT '');
            CREATE INDEX run_sync ON run (sync, id);
            CREATE TABLE run_part (
              run INTEGER NOT NULL, number INTEGER NOT NULL, token TEXT NOT NULL,
              done INTEGER NOT NULL DEFAULT 0, high BLOB, PRIMARY KEY (run, number)) WITHOUT ROWID;
            CREATE TABLE run_seen (
              run INTEGER NOT NULL, number INTEGER NOT NULL, first INTEGER NOT NULL,
              digests BLOB NOT NULL, PRIMARY KEY (run, number, first));
            CREATE TABLE run_gone (
              id INTEGER PRIMARY KEY, run INTEGER NOT NULL, key BLOB NOT NULL);
            CREATE INDEX run_gone_run ON run_gone (run, id);
            CREATE TABLE high (sync TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
            """,
            "ALTER TABLE run ADD COLUMN expected INTEGER",
            "ALTER TABLE run ADD COLUMN decoded TEXT",
            """
            ALTER TABLE run ADD COLUMN pieces INTEGER NOT NULL DEFAULT 0;
            UPDATE run SET pieces = 1 WHERE decoded = '';
            """));
  }

  /** A partition of a run, as it was planned. */
  record Part(int number, Partition partition, boolean done) {}

  /**
   * @param decoded why its records are read one by one, empty when their bytes pass through
   * @param inPieces whether its partitions are pieces, read at one moment of the source
   * @param expected about how many records it will read
   */
  Run begin(
      String sync,
      Run.Kind kind,
      Run.Cause cause,
      Optional<String> decoded,
      boolean inPieces,
      List<Partition> partitions,
      OptionalLong expected,
      Instant now)
      throws InterruptedException {
    long id =
        store.write(tx -> {
          long run =
              tx.insert(
                  "INSERT INTO run (sync, kind, cause, state, started_at, decoded, pieces, expected)"
                      + " VALUES (?, ?, ?, 'READING', ?, ?, ?, ?)",
                  sync,
                  kind.name(),
                  cause.name(),
                  now.toEpochMilli(),
                  decoded.orElse(BYTES),
                  inPieces ? 1 : 0,
                  expected.isPresent() ? expected.getAsLong() : null);
          for (int i = 0; i < partitions.size(); i++) {
            tx.update(
                "INSERT INTO run_part (run, number, token) VALUES (?, ?, ?)",
                run,
                i,
                partitions.get(i).token());
          }
          return run;
        });
    return find(id).orElseThrow();
  }

  /** Whether the partitions of a run are pieces, read at one moment of the source. */
  public boolean isInPieces(long run) throws InterruptedException {
    return store.read(tx ->
        tx.first("SELECT pieces FROM run WHERE id = ?", row -> row.integer(1), run).orElse(0L))
        == 1;
  }

  List<Part> parts(long run, DatasetId dataset) throws InterruptedException {
    return store.read(tx ->
        tx.list(
            "SELECT number, token, done FROM run_part WHERE run = ? ORDER BY number",
            row ->
                new Part(
                    (int) row.integer(1), new Partition(dataset, row.text(2)), row.integer(3) == 1),
            run));
  }

  void partDone(long run, int number) throws InterruptedException {
    store.write(
        tx -> tx.update("UPDATE run_part SET done = 1 WHERE run = ? AND number = ?", run, number));
  }

  void expect(long run, long records) throws InterruptedException {
    store.write(tx -> tx.update("UPDATE run SET expected = ? WHERE id = ?", records, run));
  }

  void sweeping(long run) throws InterruptedException {
    store.write(tx -> tx.update("UPDATE run SET state = 'SWEEPING' WHERE id = ?", run));
  }

  /** Ends a run: its counts become the sync's, and what it needed to be resumed goes. */
  void end(Run run, Run.State state, long deleted, String message, Instant now)
      throws InterruptedException {
    String owners = Owners.run(run.id());
    store.write(tx -> {
      Counts counts = new ProgressTable(store, run.sync()).fold(tx, owners);
      tx.update(
          "UPDATE run SET state = ?, ended_at = ?, captured = ?, applied = ?, unchanged = ?,"
              + " superseded = ?, filtered = ?, dead = ?, deleted = ?, message = ? WHERE id = ?",
          state.name(),
          now.toEpochMilli(),
          counts.captured(),
          counts.applied(),
          counts.unchanged(),
          counts.superseded(),
          counts.filtered(),
          counts.dead(),
          deleted,
          message,
          run.id());
      if (state != Run.State.FAILED) {
        raiseHigh(tx, run);
      }
      for (String table : List.of("run_part", "run_seen", "run_gone")) {
        tx.update("DELETE FROM " + table + " WHERE run = ?", run.id());
      }
      return true;
    });
  }

  private static void raiseHigh(Tx tx, Run run) {
    tx
        .list(
            "SELECT high FROM run_part WHERE run = ? AND high IS NOT NULL",
            row -> HighMark.read(row.blob(1)),
            run.id())
        .stream()
        .reduce(HighMark::higher)
        .ifPresent(mark ->
            tx.update(
                "INSERT INTO high (sync, value) VALUES (?, ?) ON CONFLICT (sync) DO UPDATE SET"
                    + " value = excluded.value",
                run.sync(),
                mark.bytes()));
  }

  /** The highest cursor value that an ended run of a sync has seen. */
  Optional<HighMark> high(String sync) throws InterruptedException {
    return store.read(tx ->
        tx.first("SELECT value FROM high WHERE sync = ?", row -> HighMark.read(row.blob(1)), sync));
  }

  /** Notes, before a page is delivered, what a resumed run could not find out again. */
  void note(long run, int number, long first, PageNotes notes) throws InterruptedException {
    if (notes.isEmpty()) {
      return;
    }
    store.write(tx -> {
      notes
          .high()
          .ifPresent(mark ->
              tx.update(
                  "UPDATE run_part SET high = ? WHERE run = ? AND number = ?",
                  mark.bytes(),
                  run,
                  number));
      if (notes.seen().length > 0) {
        tx.update(
            "INSERT INTO run_seen (run, number, first, digests) VALUES (?, ?, ?, ?) ON CONFLICT"
                + " (run, number, first) DO UPDATE SET digests = excluded.digests",
            run,
            number,
            first,
            notes.seen());
      }
      if (notes.unread() > 0) {
        tx.update("UPDATE run SET unread = unread + ? WHERE id = ?", notes.unread(), run);
      }
      return true;
    });
  }

  Optional<HighMark> partHigh(long run, int number) throws InterruptedException {
    return store.read(tx ->
        tx.first(
            "SELECT high FROM run_part WHERE run = ? AND number = ? AND high IS NOT NULL",
            row -> HighMark.read(row.blob(1)),
            run,
            number));
  }

  /** How many records of a run could not be read or mapped, at least. */
  long unread(long run) throws InterruptedException {
    return store.read(tx ->
        tx.first("SELECT unread FROM run WHERE id = ?", row -> row.integer(1), run).orElse(0L));
  }

  /** The digests of the keys that a run has seen. */
  FindGone.Seen seen(long run) {
    return new FindGone.Seen() {
      @Override
      public long count() throws InterruptedException {
        return seenCount(run);
      }

      @Override
      public void each(Consumer<byte[]> digests) throws InterruptedException {
        eachSeen(run, digests);
      }
    };
  }

  private long seenCount(long run) throws InterruptedException {
    return store.read(tx ->
        tx.first(
                "SELECT COALESCE(SUM(length(digests)), 0) FROM run_seen WHERE run = ?",
                row -> row.integer(1) / SeenKeys.WIDTH,
                run)
            .orElse(0L));
  }

  private void eachSeen(long run, Consumer<byte[]> digests) throws InterruptedException {
    store.read(tx -> {
      tx.each("SELECT digests FROM run_seen WHERE run = ?", row -> row.blob(1), digests, run);
      return true;
    });
  }

  void clearGone(long run) throws InterruptedException {
    store.write(tx -> tx.update("DELETE FROM run_gone WHERE run = ?", run));
  }

  void addGone(long run, List<byte[]> keys) throws InterruptedException {
    List<@Nullable Object[]> values = new ArrayList<>(keys.size());
    keys.forEach(key -> values.add(new Object[] {run, key}));
    store.write(tx -> {
      tx.batch("INSERT INTO run_gone (run, key) VALUES (?, ?)", values);
      return true;
    });
  }

  /** A key that is gone from the source, with the order in which it was found. */
  record Gone(long id, byte[] key) {}

  List<Gone> gone(long run, long after, int limit) throws InterruptedException {
    return store.read(tx ->
        tx.list(
            "SELECT id, key FROM run_gone WHERE run = ? AND id > ? ORDER BY id LIMIT ?",
            row -> new Gone(row.integer(1), row.blob(2)),
            run,
            after,
            limit));
  }

  /** The run of a sync that was begun and has not ended, if there is one. */
  public Optional<Run> open(String sync) throws InterruptedException {
    return store.read(tx -> open(tx, sync));
  }

  /** As the other {@code open}, as part of a larger reading. */
  public static Optional<Run> open(Tx tx, String sync) {
    return newest(tx, sync, "ended_at IS NULL");
  }

  /** The newest run of a sync that has ended, however it did. */
  public static Optional<Run> ended(Tx tx, String sync) {
    return newest(tx, sync, "ended_at IS NOT NULL");
  }

  private static Optional<Run> newest(Tx tx, String sync, String condition) {
    return tx.first(
        "SELECT "
            + COLUMNS
            + " FROM run WHERE sync = ? AND "
            + condition
            + " ORDER BY id DESC LIMIT 1",
        RunTable::read,
        sync);
  }

  public Optional<Run> find(long id) throws InterruptedException {
    return store.read(
        tx -> tx.first("SELECT " + COLUMNS + " FROM run WHERE id = ?", RunTable::read, id));
  }

  /** The newest runs first; of one sync if named. */
  public List<Run> list(@Nullable String sync, int limit) throws InterruptedException {
    String where = sync == null ? "" : " WHERE sync = ?";
    List<@Nullable Object> values = new ArrayList<>();
    if (sync != null) {
      values.add(sync);
    }
    values.add(limit);
    return store.read(tx ->
        tx.list(
            "SELECT " + COLUMNS + " FROM run" + where + " ORDER BY id DESC LIMIT ?",
            RunTable::read,
            values.toArray()));
  }

  /** The newest run of a sync that ended well. */
  public Optional<Run> lastGood(String sync) throws InterruptedException {
    return store.read(tx -> lastGood(tx, sync));
  }

  /** As the other {@code lastGood}, as part of a larger reading. */
  public static Optional<Run> lastGood(Tx tx, String sync) {
    return newest(tx, sync, "state IN ('DONE', 'PARTIAL')");
  }

  private static Run read(Tx.Columns row) {
    return new Run(
        row.integer(1),
        row.text(2),
        Run.Kind.valueOf(row.text(3)),
        Run.Cause.valueOf(row.text(4)),
        Run.State.valueOf(row.text(5)),
        Instant.ofEpochMilli(row.integer(6)),
        row.isNull(7) ? Optional.empty() : Optional.of(Instant.ofEpochMilli(row.integer(7))),
        new Counts(
            row.integer(8),
            row.integer(9),
            row.integer(10),
            row.integer(11),
            row.integer(12),
            row.integer(13)),
        row.integer(14),
        row.text(5).equals(Run.State.READING.name()) && !row.isNull(16)
            ? Outlook.of(row.integer(16))
            : Outlook.NONE,
        row.isNull(17)
            ? Optional.of("")
            : Optional.of(row.text(17)).filter(why -> !why.equals(BYTES)),
        row.text(15));
  }
}
