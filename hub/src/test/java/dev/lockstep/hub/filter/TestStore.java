package dev.lockstep.hub.filter;

import dev.lockstep.connector.Type;
import dev.lockstep.hub.ColumnForm;
import dev.lockstep.store.SqliteStore;
import dev.lockstep.testkit.servers.RealPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A real store of either kind that holds the tables of a test. */
interface TestStore extends AutoCloseable {

  Dialect dialect();

  /** The first two columns as text, or null, of each row. */
  List<List<@Nullable String>> query(Fragment query);

  @Override
  void close();

  /** How the store would answer an order of all entries beside an index over keys and the id. */
  String plan(String keys, String order);

  /** The ids of the entries that meet a condition, in an order. */
  default List<Long> ids(Fragment where, String order) {
    return query(
            new Fragment(
                "SELECT e.\"id\", 1 FROM \"entry\" AS e WHERE "
                    + where.sql()
                    + " ORDER BY "
                    + order,
                where.values()))
        .stream()
        .map(row -> Long.valueOf(String.valueOf(row.getFirst())))
        .toList();
  }

  /** Both kinds with the same tables. */
  static List<TestStore> both(Path folder, TestTable... tables) {
    return List.of(new Sqlite(folder, tables), new Postgres(tables));
  }

  /** The SQLite that the hub keeps entries in, in its own form. */
  final class Sqlite implements TestStore {
    private final SqliteStore store;

    Sqlite(Path folder, TestTable... tables) {
      store = SqliteStore.open(folder.resolve("store.db"), List.of());
      try {
        store.write(tx -> {
          for (TestTable table : tables) {
            tx.update(table.create(true));
            table.rows().forEach(row -> tx.update(table.insert(true), values(table, row)));
          }
          return true;
        });
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    private static @Nullable Object[] values(TestTable table, Map<String, @Nullable Object> row) {
      return table.columns().keySet().stream()
          .map(column -> {
            Object value = row.get(column);
            return switch (value) {
              case null -> null;
              case Instant moment when column.equals(TestTable.IN_MICROS) ->
                  TestTable.micros(moment);
              case List<?> texts -> TestTable.array(texts);
              default -> ColumnForm.present(value);
            };
          })
          .toArray();
    }

    @Override
    public Dialect dialect() {
      return Dialect.sqlite(ColumnForm::present);
    }

    @Override
    public List<List<@Nullable String>> query(Fragment query) {
      try {
        return store.read(tx ->
            tx.list(
                query.sql(),
                columns -> {
                  List<@Nullable String> row = new ArrayList<>();
                  row.add(columns.isNull(1) ? null : columns.text(1));
                  row.add(columns.text(2));
                  return row;
                },
                query.values().toArray()));
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public String plan(String keys, String order) {
      try {
        return store.write(tx -> {
          tx.update("CREATE INDEX planned ON \"entry\" (" + keys + ", \"id\")");
          List<String> plan =
              tx.list(
                  "EXPLAIN QUERY PLAN SELECT * FROM \"entry\" AS e ORDER BY " + order + " LIMIT 5",
                  columns -> columns.text(4));
          tx.update("DROP INDEX planned");
          return plan.toString();
        });
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {
      store.close();
    }
  }

  /** A PostgreSQL with a database of its own. */
  final class Postgres implements TestStore {
    private final Connection connection;

    Postgres(TestTable... tables) {
      RealPostgres server = RealPostgres.newest();
      try {
        connection = server.connect(server.createDatabase());
        // One transaction: a commit for each row would wait for the disk each time.
        connection.setAutoCommit(false);
        for (TestTable table : tables) {
          try (PreparedStatement create = connection.prepareStatement(table.create(false));
              PreparedStatement insert = connection.prepareStatement(table.insert(false))) {
            create.execute();
            for (Map<String, @Nullable Object> row : table.rows()) {
              fill(insert, table, row);
              insert.execute();
            }
          }
        }
        connection.setAutoCommit(true);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    private static void fill(
        PreparedStatement insert, TestTable table, Map<String, @Nullable Object> row)
        throws SQLException {
      int place = 0;
      for (Map.Entry<String, Type> column : table.columns().entrySet()) {
        Object value = row.get(column.getKey());
        insert.setString(
            ++place,
            switch (value) {
              case null -> null;
              case List<?> texts -> TestTable.array(texts);
              default -> value.toString();
            });
      }
    }

    @Override
    public Dialect dialect() {
      return Dialect.postgresql();
    }

    @Override
    public List<List<@Nullable String>> query(Fragment query) {
      try (PreparedStatement statement = connection.prepareStatement(query.sql())) {
        for (int i = 0; i < query.values().size(); i++) {
          statement.setObject(i + 1, query.values().get(i));
        }
        List<List<@Nullable String>> rows = new ArrayList<>();
        try (ResultSet results = statement.executeQuery()) {
          while (results.next()) {
            List<@Nullable String> row = new ArrayList<>();
            row.add(results.getString(1));
            row.add(results.getString(2));
            rows.add(row);
          }
        }
        return rows;
      } catch (SQLException e) {
        throw new IllegalStateException(query.sql() + ": " + e.getMessage(), e);
      }
    }

    @Override
    public String plan(String keys, String order) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("CREATE INDEX planned ON \"entry\" (" + keys + ", \"id\")");
        // So few rows are read faster whole.
        statement.execute("SET enable_seqscan = off");
        StringBuilder plan = new StringBuilder();
        try (ResultSet lines =
            statement.executeQuery(
                "EXPLAIN SELECT * FROM \"entry\" AS e ORDER BY " + order + " LIMIT 5")) {
          while (lines.next()) {
            plan.append(lines.getString(1)).append('\n');
          }
        }
        statement.execute("DROP INDEX planned");
        statement.execute("RESET enable_seqscan");
        return plan.toString();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {
      try {
        connection.close();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
