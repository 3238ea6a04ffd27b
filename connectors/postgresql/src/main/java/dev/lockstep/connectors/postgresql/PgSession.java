package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Writer.Batch;
import dev.lockstep.connector.Writer.Mode;
import dev.lockstep.connectors.jdbc.Dialect;
import dev.lockstep.connectors.jdbc.Failures;
import dev.lockstep.connectors.jdbc.Intent;
import dev.lockstep.connectors.jdbc.Item;
import dev.lockstep.connectors.jdbc.Preparation;
import dev.lockstep.connectors.jdbc.Sessions;
import dev.lockstep.connectors.jdbc.Shape;
import dev.lockstep.connectors.jdbc.Table;
import dev.lockstep.connectors.jdbc.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.postgresql.PGConnection;
import org.postgresql.PGStatement;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.QueryExecutor;
import org.postgresql.jdbc.PreferQueryMode;

/**
 * A connection that is kept for one transaction after the other, with every statement prepared and
 * planned once. Used by one thread at a time.
 */
final class PgSession implements AutoCloseable {
  /** Savepoints nest under one name, each hiding the one around it. */
  static final String SAVE = "SAVEPOINT lockstep";

  static final String KEEP = "RELEASE SAVEPOINT lockstep";

  static final String UNDO = "ROLLBACK TO SAVEPOINT lockstep; RELEASE SAVEPOINT lockstep";

  private static final int STATEMENTS = 500;
  private static final long PLANNED_ROWS = 1000;
  private static final Duration PLANNED = Duration.ofSeconds(10);

  /**
   * A plan is made once and kept, when neither the arrays' lengths nor the table's later size are
   * known; so whatever does not look up each key in an index is ruled out. Over a table of a few
   * rows that leaves the whole index to be read instead, see {@link #replan}. What a server does
   * not know is passed over.
   */
  private static final String PLANNING =
      """
      SELECT set_config(s.name, w.value, false)
      FROM (VALUES ('jit', 'off'), ('plan_cache_mode', 'force_generic_plan'),
        ('enable_seqscan', 'off'), ('enable_hashjoin', 'off'), ('enable_mergejoin', 'off'),
        ('enable_memoize', 'off')) AS w(name, value)
      JOIN pg_settings s USING (name)\
      """;

  private final Sessions.Lease lease;
  private final Dialect dialect;
  private final InstantSource clock;
  private final PgSets sets = new PgSets();
  private final LinkedHashMap<List<String>, PreparedStatement> prepared =
      new LinkedHashMap<>(16, 0.75f, true);
  private final Map<Shape, PgWork> works = new IdentityHashMap<>();
  private final Map<Table, List<Prepared>> preparations = new IdentityHashMap<>();

  private final Map<TableName, String> seals = new HashMap<>();
  private final List<String> leads = new ArrayList<>();
  private Instant plannedAt;
  private long rows;
  private long plannedFor = PLANNED_ROWS;

  private PgSession(Sessions.Lease lease, Dialect dialect, InstantSource clock) {
    this.lease = lease;
    this.dialect = dialect;
    this.clock = clock;
    this.plannedAt = clock.instant();
  }

  static PgSession open(Sessions sessions, InstantSource clock) throws InterruptedException {
    Sessions.Lease lease = sessions.keep();
    try {
      lease.run(connection -> {
        prepare(connection);
        return connection;
      });
      return new PgSession(lease, sessions.dialect(), clock);
    } catch (RuntimeException | InterruptedException e) {
      lease.close();
      throw e;
    }
  }

  private static void prepare(Connection connection) throws SQLException {
    if (connection.unwrap(PGConnection.class).getPreferQueryMode() == PreferQueryMode.SIMPLE) {
      throw new ConnectorException(
          Failures.misconfigured(
              "url",
              "preferQueryMode=simple sends every value as text, which transactions do not",
              "leave preferQueryMode out of `url`"));
    }
    execute(connection, PLANNING);
    QueryExecutor executor = connection.unwrap(BaseConnection.class).getQueryExecutor();
    for (int oid : PgArrayForm.ARRAY_OIDS) {
      executor.addBinarySendOid(oid);
    }
    connection.setAutoCommit(false);
  }

  <T> T run(Supplier<Intent> intent, Sessions.Work<T> work) throws InterruptedException {
    return lease.run(intent, work);
  }

  /**
   * Has plans made anew before tables have grown much under them, be it by what was written here or
   * by somebody else.
   */
  void replan(Connection connection) throws SQLException {
    Instant now = clock.instant();
    if (rows >= plannedFor || Duration.between(plannedAt, now).compareTo(PLANNED) > 0) {
      execute(connection, "DISCARD PLANS");
      plannedFor = Math.max(plannedFor, 2 * rows);
      plannedAt = now;
    }
  }

  /** Has a statement run before the next one and in the same message, which costs no round trip. */
  void lead(String sql) {
    leads.add(sql);
  }

  /** Runs what was to come before the next statement. */
  void flush(Connection connection) throws SQLException {
    if (!leads.isEmpty()) {
      String all = String.join("; ", leads);
      leads.clear();
      execute(connection, all);
    }
  }

  /** Drops what was to come before the next statement. */
  void dropLeads() {
    leads.clear();
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Runs a statement over a set and answers how many rows it changed. */
  int change(Connection connection, PgWork work, PgWork.Kind kind, List<Item> items)
      throws SQLException {
    rows += items.size();
    return sets.change(() -> call(connection, work.sql(kind)), work.columns(kind), items);
  }

  /** Runs a statement that answers some of the items. */
  void find(
      Connection connection, PgWork work, PgWork.Kind kind, List<Item> items, Consumer<Item> found)
      throws SQLException {
    sets.find(() -> call(connection, work.sql(kind)), work.columns(kind), items, found);
  }

  /**
   * Binds all items to statements of one message, from a parameter on, and answers the parameter
   * after them, or {@link PgSets#TOO_MANY}.
   */
  int bind(
      PreparedStatement statement, int at, PgWork work, List<PgWork.Kind> kinds, List<Item> items)
      throws SQLException {
    rows += items.size();
    List<PgSets.Columns> columns = new ArrayList<>(kinds.size());
    for (PgWork.Kind kind : kinds) {
      columns.add(work.columns(kind));
    }
    return sets.bind(statement, at, work.all(), columns, items);
  }

  /** How a table's batches of one key and mode become items. */
  private record Prepared(List<String> key, Mode mode, Preparation preparation) {}

  /** How batches like this one become items; a table that is described anew is prepared anew. */
  Preparation preparation(Table table, Batch batch) {
    if (preparations.size() > STATEMENTS) {
      preparations.clear();
    }
    List<Prepared> known = preparations.computeIfAbsent(table, t -> new ArrayList<>(1));
    for (Prepared one : known) {
      if (one.mode == batch.mode() && one.key.equals(batch.key())) {
        return one.preparation;
      }
    }
    Preparation made = new Preparation(table, batch.key(), batch.mode(), dialect);
    known.add(new Prepared(batch.key(), batch.mode(), made));
    return made;
  }

  /** The statements for a shape; a table that is prepared anew has new ones. */
  PgWork work(Table table, Shape shape) {
    PgWork known = works.get(shape);
    if (known != null) {
      return known;
    }
    if (works.size() > STATEMENTS) {
      works.clear();
    }
    PgWork made = new PgWork(dialect, table, shape);
    works.put(shape, made);
    return made;
  }

  /** A statement with all that is to come before it. */
  PgCall call(Connection connection, String sql) throws SQLException {
    return call(connection, List.of(sql));
  }

  /** Several statements as one, with all that is to come before them. */
  PgCall call(Connection connection, List<String> texts) throws SQLException {
    int count = leads.size();
    List<String> all = new ArrayList<>(count + texts.size());
    all.addAll(leads);
    all.addAll(texts);
    leads.clear();
    return new PgCall(statement(connection, all), count);
  }

  /** A statement that the server has parsed and planned, from its second use on. */
  private PreparedStatement statement(Connection connection, List<String> texts)
      throws SQLException {
    PreparedStatement known = prepared.get(texts);
    if (known != null) {
      return known;
    }
    PreparedStatement statement = connection.prepareStatement(String.join("; ", texts));
    PGStatement own = statement.unwrap(PGStatement.class);
    // A threshold of 0 is how a user says that a pooler stands between, which keeps no statements.
    if (own.getPrepareThreshold() != 0) {
      own.setPrepareThreshold(1);
    }
    prepared.put(texts, statement);
    if (prepared.size() > STATEMENTS) {
      prepared.pollFirstEntry().getValue().close();
    }
    return statement;
  }

  /**
   * The statement that notes an entry for an owner in a ledger, and commits: both in one message,
   * so that their answers come in one.
   */
  String seal(TableName ledger) {
    // Invariant 2: the position is committed in the same transaction as its effect.
    return seals.computeIfAbsent(
        ledger,
        name ->
            "INSERT INTO "
                + dialect.quote(name)
                + " AS l (owner, entry) VALUES (?, ?) ON CONFLICT (owner) DO UPDATE SET entry ="
                + " excluded.entry, updated_at = CURRENT_TIMESTAMP; COMMIT");
  }

  Dialect dialect() {
    return dialect;
  }

  /** Whether an error has closed the connection. */
  boolean isGone() {
    return lease.isGone();
  }

  @Override
  public void close() {
    lease.close();
  }
}
