package dev.lockstep.connectors.jdbc;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Problem;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The tables by dataset, described once and again when asked or when they were altered.
 * Thread-safe.
 */
public final class Tables {
  private final Sessions sessions;
  private final JdbcSettings settings;
  private final Map<DatasetId, Table> known = new ConcurrentHashMap<>();

  Tables(Sessions sessions, JdbcSettings settings) {
    this.sessions = sessions;
    this.settings = settings;
  }

  /** Looks at the database, whatever was known. */
  public Optional<Table> look(DatasetId id) throws InterruptedException {
    known.remove(id);
    Optional<Table> found = sessions.run(Intent.describe(), connection -> find(connection, id));
    found.ifPresent(table -> known.put(id, table));
    return found;
  }

  private Optional<Table> find(Connection connection, DatasetId id) throws SQLException {
    TableName name = TableName.parse(id.name(), schema(connection));
    return sessions.dialect().tables(connection, Optional.of(name)).stream().findFirst();
  }

  private String schema(Connection connection) throws SQLException {
    return settings.schema().isEmpty()
        ? sessions.dialect().currentSchema(connection)
        : settings.schema();
  }

  /** The table of a dataset, as last described. */
  public Table need(DatasetId id) throws InterruptedException {
    Table table = known.get(id);
    if (table != null) {
      return table;
    }
    return look(id).orElseThrow(() -> missing(id));
  }

  /** What to throw when a dataset has no table. */
  public static ConnectorException missing(DatasetId id) {
    return new ConnectorException(
        Failures.misconfigured(
            "",
            "there is no table " + id + ", or this user may not see it",
            "create it, as `lockstep check` shows, or correct the name"));
  }

  /** Drops what is known of a table that did not answer as described. */
  public void forget(DatasetId id) {
    known.remove(id);
  }

  /** Where a dataset is or would be. */
  public TableName name(DatasetId id) throws InterruptedException {
    return sessions.run(
        Intent.describe(), connection -> TableName.parse(id.name(), schema(connection)));
  }

  List<Dataset> discover() throws InterruptedException {
    return sessions.run(
        Intent.describe(),
        connection -> {
          List<Dataset> datasets = new ArrayList<>();
          for (Map.Entry<DatasetId, Table> each : covered(connection).entrySet()) {
            datasets.add(each.getValue().dataset(each.getKey()));
          }
          return datasets;
        });
  }

  private Map<DatasetId, Table> covered(Connection connection) throws SQLException {
    String schema = schema(connection);
    Map<DatasetId, Table> covered = new TreeMap<>();
    for (Table table : sessions.dialect().tables(connection, Optional.empty())) {
      boolean bare = !sessions.dialect().namesSchema() && table.name().schema().equals(schema);
      String id = bare ? table.name().table() : table.name().toString();
      boolean wanted = settings.schema().isEmpty() || table.name().schema().equals(schema);
      if (wanted && settings.covers(id)) {
        covered.put(new DatasetId(id), table);
      }
    }
    return covered;
  }

  List<Problem> check() throws InterruptedException {
    return sessions.run(
        Intent.describe(),
        connection -> {
          List<Problem> problems = new ArrayList<>();
          Map<DatasetId, Table> covered = covered(connection);
          if (covered.isEmpty() && !settings.tables().isEmpty()) {
            problems.add(
                new Problem(
                    "tables",
                    "no table that this user may see is named " + settings.tables(),
                    "correct the names, or grant the user access"));
          }
          covered.forEach((id, table) -> problems.addAll(uncarried(id, table)));
          return problems;
        });
  }

  private static List<Problem> uncarried(DatasetId id, Table table) {
    return table.uncarried().entrySet().stream()
        .map(column ->
            new Problem(
                "tables",
                "table %s, column %s: its type %s cannot be carried"
                    .formatted(id, column.getKey(), column.getValue()),
                "leave it out of `map`, or read a view that casts it to text"))
        .toList();
  }
}
