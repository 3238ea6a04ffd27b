package dev.lockstep.connectors.jdbc;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Writer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Writes a batch in one transaction, with the engine's ledger entry, so that its effect is exactly
 * once. Records that the database refuses are found by halving the batch and left out.
 */
public final class JdbcWriter implements Writer {
  private static final String SERIALIZATION = "40001";

  private final Sessions sessions;
  private final Tables tables;
  private final Applier applier;
  private final LedgerTable ledger;

  JdbcWriter(Sessions sessions, Tables tables, JdbcSettings settings) {
    this.sessions = sessions;
    this.tables = tables;
    this.applier = sessions.dialect().applier(settings.copy());
    this.ledger = new LedgerTable(sessions.dialect());
  }

  @Override
  public Set<Ability> abilities(DatasetId dataset) throws InterruptedException {
    return tables.need(dataset).uniques().isEmpty()
        ? Set.of(Ability.APPEND, Ability.LEDGER)
        : Set.of(Ability.UPSERT, Ability.DELETE, Ability.APPEND, Ability.LEDGER, Ability.COMPARES);
  }

  @Override
  public List<Outcome> write(Batch batch) throws InterruptedException {
    return write(batch, false);
  }

  /** As {@link #write(Batch)}, or for a {@link Writer#filling}. */
  public List<Outcome> write(Batch batch, boolean filling) throws InterruptedException {
    Table table = target(batch);
    try {
      return apply(new Applier.Task(table, batch.mode(), filling), batch);
    } catch (ConnectorException e) {
      if (!(e.failure() instanceof Failure.Transient)) {
        tables.forget(batch.dataset());
      }
      throw e;
    }
  }

  /**
   * As {@link Writer#exchange}, for databases whose repeatable reads fail where somebody else's
   * write came between reading and writing.
   */
  @Override
  public List<Outcome> exchange(Batch batch, List<Optional<Row>> expected)
      throws InterruptedException {
    Table table = target(batch);
    Outcomes outcomes = new Outcomes(batch.mutations().size());
    List<Item> items =
        new Preparation(table, batch.key(), batch.mode(), sessions.dialect())
            .items(batch.mutations(), outcomes);
    PresentRows present = new PresentRows(sessions.dialect(), table);
    Applier.Task task = new Applier.Task(table, batch.mode(), false);
    return sessions.run(
        Intent.write(table.name()),
        connection ->
            exchange(
                connection,
                task,
                opened -> {
                  repeatably(opened);
                  return present.asExpected(opened, batch, expected, items, outcomes);
                },
                outcomes));
  }

  private static void repeatably(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
    }
  }

  /** What is left of a batch once it was compared with what is there. */
  private interface Compared {
    List<Item> items(Connection connection) throws SQLException;
  }

  private List<Outcome> exchange(
      Connection connection, Applier.Task task, Compared compared, Outcomes outcomes)
      throws SQLException {
    connection.setAutoCommit(false);
    boolean committed = false;
    try {
      List<Item> items = compared.items(connection);
      applier.begin(connection, task);
      new Bisection(connection, sessions.dialect(), applier, task, outcomes).run(items);
      connection.commit();
      committed = true;
      return outcomes.list();
    } catch (SQLException e) {
      if (!SERIALIZATION.equals(e.getSQLState())) {
        throw e;
      }
      // Somebody's write came between; whose record it was the database does not say.
      return Collections.nCopies(
          outcomes.list().size(),
          new Outcome.Deferred("rows were changed meanwhile", Optional.empty()));
    } finally {
      if (!committed) {
        rollBack(connection);
      }
    }
  }

  /** The table of a batch; refused as misconfigured if it cannot tell its records apart. */
  public Table target(Batch batch) throws InterruptedException {
    Table table = tables.need(batch.dataset());
    if (batch.mode() == Mode.UPSERT && !table.isUnique(batch.key())) {
      // An index may have been made since the table was described.
      table = tables.look(batch.dataset()).orElseThrow(() -> Tables.missing(batch.dataset()));
      requireUnique(table, batch.key());
    }
    return table;
  }

  private void requireUnique(Table table, List<String> key) {
    if (table.isUnique(key)) {
      return;
    }
    Dialect dialect = sessions.dialect();
    String columns = String.join(", ", key.stream().map(dialect::quote).toList());
    String index = dialect.quote(table.name().table() + "_" + String.join("_", key) + "_key");
    throw new ConnectorException(
        Failures.misconfigured(
            "",
            "table "
                + table.name()
                + " has no unique index on ("
                + columns
                + "), so records cannot be told apart",
            "run: CREATE UNIQUE INDEX "
                + index
                + " ON "
                + dialect.quote(table.name())
                + " ("
                + columns
                + ")"));
  }

  private List<Outcome> apply(Applier.Task task, Batch batch) throws InterruptedException {
    Table table = task.table();
    Outcomes outcomes = new Outcomes(batch.mutations().size());
    List<Item> items =
        new Preparation(table, batch.key(), batch.mode(), sessions.dialect())
            .items(batch.mutations(), outcomes);
    if (batch.ledger().isPresent()) {
      ensureLedger(table.name());
    }
    return sessions.run(
        Intent.write(table.name()), connection -> commit(connection, task, batch, items, outcomes));
  }

  /** The ledger beside a table, created if it is missing. Asks the database the first time only. */
  public TableName ensureLedger(TableName beside) throws InterruptedException {
    TableName name = beside.sibling(LedgerTable.NAME);
    if (!ledger.isPresent(name)) {
      sessions.run(
          Intent.create(name),
          connection -> {
            ledger.ensure(connection, beside);
            return true;
          });
    }
    return name;
  }

  private List<Outcome> commit(
      Connection connection, Applier.Task task, Batch batch, List<Item> items, Outcomes outcomes)
      throws SQLException, InterruptedException {
    connection.setAutoCommit(false);
    boolean committed = false;
    try {
      applier.begin(connection, task);
      new Bisection(connection, sessions.dialect(), applier, task, outcomes).run(items);
      List<Outcome> all = outcomes.list();
      if (batch.ledger().isPresent()) {
        Ledger seal = batch.ledger().get();
        ledger.put(connection, task.table().name(), seal.owner(), seal.seal(all));
      }
      connection.commit();
      committed = true;
      return all;
    } finally {
      if (!committed) {
        rollBack(connection);
      }
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
  public Optional<String> ledger(DatasetId dataset, String owner) throws InterruptedException {
    TableName table = tables.name(dataset);
    return sessions.run(
        Intent.read(table.sibling(LedgerTable.NAME)),
        connection -> ledger.entry(connection, table, owner));
  }

  @Override
  public void forget(DatasetId dataset, String ownerPrefix) throws InterruptedException {
    TableName table = tables.name(dataset);
    sessions.run(
        Intent.write(table.sibling(LedgerTable.NAME)),
        connection -> {
          ledger.forget(connection, table, ownerPrefix);
          return true;
        });
  }
}
