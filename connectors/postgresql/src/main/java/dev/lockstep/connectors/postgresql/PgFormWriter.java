package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.BulkForm;
import dev.lockstep.connector.FormBytes;
import dev.lockstep.connector.FormRows;
import dev.lockstep.connector.FormWriter;
import dev.lockstep.connectors.jdbc.Column;
import dev.lockstep.connectors.jdbc.Failures;
import dev.lockstep.connectors.jdbc.Fault;
import dev.lockstep.connectors.jdbc.Intent;
import dev.lockstep.connectors.jdbc.JdbcConnection;
import dev.lockstep.connectors.jdbc.JdbcWriter;
import dev.lockstep.connectors.jdbc.LedgerTable;
import dev.lockstep.connectors.jdbc.Sessions;
import dev.lockstep.connectors.jdbc.Table;
import dev.lockstep.connectors.jdbc.TableName;
import dev.lockstep.connectors.jdbc.Tables;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Takes pieces through COPY's binary form: straight into a table that is empty, for as long as no
 * key turns out to be there already; into a staging table and with one upsert from it otherwise.
 */
final class PgFormWriter implements FormWriter {
  static final String PROTOCOL = "postgresql/copy-binary/1";

  private static final String MAY_STAGE =
      "SELECT has_database_privilege(current_database(), 'TEMPORARY')::int";

  private static final String UNIQUE_VIOLATION = "23505";

  private final Sessions sessions;
  private final Tables tables;
  private final JdbcWriter single;
  private final LedgerTable ledger;
  private final PgOrigin origin;

  /** Tables that were empty when a piece came, and into which no key has clashed since. */
  private final Set<TableName> fresh = ConcurrentHashMap.newKeySet();

  PgFormWriter(JdbcConnection connection, PgOrigin origin) {
    this.sessions = connection.sessions();
    this.tables = connection.tables();
    this.single = connection.tableWriter();
    this.ledger = new LedgerTable(sessions.dialect());
    this.origin = origin;
  }

  @Override
  public Answer form(Into into) throws InterruptedException {
    Table table = tables.need(into.dataset());
    Optional<String> hindrance = hindrance(table, into);
    if (hindrance.isPresent()) {
      return new Answer.Declines(hindrance.get());
    }
    String name = sessions.dialect().quote(table.name());
    return sessions.run(
        Intent.write(table.name()),
        connection ->
            mayStage(connection)
                ? form(PgWire.columns(connection, name), into)
                : new Answer.Declines("the user may not make temporary tables in the target"));
  }

  private static boolean mayStage(Connection connection) throws SQLException {
    return number(connection, MAY_STAGE) == 1;
  }

  @Override
  public boolean takesRows(Into into) throws InterruptedException {
    Table table = tables.need(into.dataset());
    return hindrance(table, into).isEmpty()
        && PgRowCopy.takes(table, into)
        && sessions.run(Intent.write(table.name()), PgFormWriter::mayStage);
  }

  private static Optional<String> hindrance(Table table, Into into) {
    if (!table.isUnique(into.key())) {
      return Optional.of("the target has no unique index on its key");
    }
    for (String field : into.fields()) {
      Optional<Column> column = table.column(field);
      if (column.isEmpty() || column.get().writing() == Column.Writing.NEVER) {
        return Optional.of("the target computes '" + field + "' itself");
      }
    }
    return table.columns().stream()
        .filter(column -> !column.filled() && column.writing() != Column.Writing.NEVER)
        .map(Column::name)
        .filter(name -> !into.fields().contains(name))
        .map(name -> "the target needs a value for '" + name + "' and gets none")
        .findFirst();
  }

  private static Answer form(Map<String, PgWire> columns, Into into) {
    List<String> types = new ArrayList<>();
    for (String field : into.fields()) {
      PgWire wire = columns.get(field);
      if (wire == null || !wire.shared()) {
        return new Answer.Declines(
            "the target's column '" + field + "' has a type of that server alone");
      }
      types.add(wire.text());
    }
    return new Answer.Takes(new BulkForm(PROTOCOL, types));
  }

  /** A piece on its way through COPY. */
  private interface Piece {
    /** Copies all of it, and answers how many records that were. */
    long copy(Connection connection, String sql) throws SQLException, InterruptedException;
  }

  @Override
  public Taken take(Into into, FormBytes bytes, Seal seal) throws InterruptedException {
    return take(
        tables.need(into.dataset()),
        into,
        (connection, sql) -> PgFormCopy.run(connection, sql, bytes),
        seal);
  }

  @Override
  public Taken take(Into into, FormRows rows, Seal seal) throws InterruptedException {
    Table table = tables.need(into.dataset());
    PgRowCopy copy = PgRowCopy.of(table, into, rows);
    try {
      return take(table, into, copy::run, seal);
    } catch (PgRowCopy.UnfitRow e) {
      return new Taken.Refused(e.reason());
    }
  }

  private Taken take(Table table, Into into, Piece piece, Seal seal) throws InterruptedException {
    single.ensureLedger(table.name());
    PgFormSql sql = new PgFormSql(sessions.dialect(), table, into);
    return sessions.run(
        Intent.write(table.name()), connection -> within(connection, sql, piece, seal));
  }

  private Taken within(Connection connection, PgFormSql sql, Piece piece, Seal seal)
      throws SQLException, InterruptedException {
    boolean committed = false;
    try {
      begin(connection, sql.table());
      // Invariant 6: our own write never comes back to us as a change.
      origin.mark(connection);
      boolean straight = isFresh(connection, sql);
      Optional<Taken> refused = put(connection, sql, piece, seal, straight);
      if (refused.isEmpty()) {
        connection.commit();
        committed = true;
      }
      return refused.orElseGet(Taken.All::new);
    } finally {
      if (!committed) {
        rollBack(connection);
      }
    }
  }

  private static void begin(Connection connection, Table table) throws SQLException {
    connection.setAutoCommit(false);
    // How long a piece takes is the source's matter, too.
    PgApplier.run(connection, "SET LOCAL statement_timeout = 0");
    if (table.deferrable()) {
      PgApplier.run(connection, "SET CONSTRAINTS ALL IMMEDIATE");
    }
  }

  private boolean isFresh(Connection connection, PgFormSql sql) throws SQLException {
    TableName name = sql.table().name();
    if (!fresh.contains(name) && number(connection, sql.isEmpty()) == 1) {
      fresh.add(name);
    }
    return fresh.contains(name);
  }

  /** Answers what keeps the piece from being taken. */
  private Optional<Taken> put(
      Connection connection, PgFormSql sql, Piece piece, Seal seal, boolean straight)
      throws SQLException, InterruptedException {
    long records;
    long changed;
    try {
      if (straight) {
        records = piece.copy(connection, sql.copy());
        changed = records;
      } else {
        PgApplier.run(connection, sql.createStaging());
        records = piece.copy(connection, sql.copyIntoStaging());
        changed = merge(connection, sql);
      }
    } catch (SQLException e) {
      return Optional.of(refused(e, sql.table().name(), straight));
    }
    String entry = seal.seal(changed, records - changed);
    ledger.put(connection, sql.table().name(), seal.owner(), entry);
    return Optional.empty();
  }

  private Taken refused(SQLException e, TableName table, boolean straight) throws SQLException {
    if (straight && UNIQUE_VIOLATION.equals(e.getSQLState())) {
      fresh.remove(table);
      return new Taken.Again();
    }
    if (sessions.dialect().fault(e) != Fault.DATA) {
      throw e;
    }
    return new Taken.Refused(Failures.text(e));
  }

  private static long merge(Connection connection, PgFormSql sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeLargeUpdate(sql.merge());
    }
  }

  private static void rollBack(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      // The connection is broken, and its transaction gone with it; what broke it is on its way up.
      return;
    }
  }

  @Override
  public long missing(Into into, FormBytes keys, Gone gone) throws InterruptedException {
    Table table = tables.need(into.dataset());
    PgFormSql sql = new PgFormSql(sessions.dialect(), table, into);
    return sessions.run(
        Intent.write(table.name()),
        connection -> {
          try {
            begin(connection, table);
            PgApplier.run(connection, sql.createStaging());
            PgFormCopy.run(connection, sql.copyIntoStaging(), keys);
            PgApplier.run(connection, sql.analyzeStaging());
            long total = number(connection, sql.count());
            new PgMissing(table, into).find(connection, sql.missing(), gone);
            return total;
          } finally {
            rollBack(connection);
          }
        });
  }

  private static long number(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }
}
