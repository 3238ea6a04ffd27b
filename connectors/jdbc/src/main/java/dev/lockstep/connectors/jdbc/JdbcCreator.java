package dev.lockstep.connectors.jdbc;

import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.DatasetCreator;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Field;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Creates tables whose columns carry a dataset's types without loss. */
final class JdbcCreator implements DatasetCreator {
  private final Sessions sessions;
  private final Tables tables;

  JdbcCreator(Sessions sessions, Tables tables) {
    this.sessions = sessions;
    this.tables = tables;
  }

  @Override
  public String statement(Dataset dataset) {
    return statement(dataset, TableName.parse(dataset.id().name(), ""));
  }

  private String statement(Dataset dataset, TableName name) {
    Dialect dialect = sessions.dialect();
    List<String> parts = new ArrayList<>();
    for (Field field : dataset.schema().fields()) {
      boolean inKey = dataset.key().contains(field.name());
      String type = dialect.columnType(field.type(), inKey);
      parts.add(
          (dialect.quote(field.name()) + " " + type).strip()
              + (inKey || !field.nullable() ? " NOT NULL" : dialect.nullable()));
    }
    if (!dataset.key().isEmpty()) {
      parts.add(
          "PRIMARY KEY ("
              + String.join(", ", dataset.key().stream().map(dialect::quote).toList())
              + ")");
    }
    return "CREATE TABLE IF NOT EXISTS "
        + dialect.quote(name)
        + " (\n  "
        + String.join(",\n  ", parts)
        + "\n)";
  }

  @Override
  public void addFields(DatasetId dataset, List<Field> fields) throws InterruptedException {
    Table table = tables.look(dataset).orElseThrow(() -> Tables.missing(dataset));
    Dialect dialect = sessions.dialect();
    for (Field field : fields) {
      if (table.column(field.name()).isEmpty()) {
        String column =
            dialect.quote(field.name())
                + " "
                + dialect.columnType(field.type(), false)
                + dialect.nullable();
        alter(table.name(), "ADD COLUMN " + column);
      }
    }
    tables.forget(dataset);
  }

  @Override
  public void widen(DatasetId dataset, Field field) throws InterruptedException {
    Table table = tables.look(dataset).orElseThrow(() -> Tables.missing(dataset));
    Dialect dialect = sessions.dialect();
    String type = dialect.columnType(field.type(), table.key().contains(field.name()));
    alter(table.name(), dialect.widen(dialect.quote(field.name()), type));
    tables.forget(dataset);
  }

  private void alter(TableName table, String what) throws InterruptedException {
    String alter = "ALTER TABLE " + sessions.dialect().quote(table) + " " + what;
    sessions.run(
        Intent.alter(table),
        connection -> {
          try (Statement statement = connection.createStatement()) {
            return statement.execute(alter);
          }
        });
  }

  @Override
  public void create(Dataset dataset) throws InterruptedException {
    TableName name = tables.name(dataset.id());
    sessions.run(
        Intent.create(name),
        connection -> {
          try (Statement statement = connection.createStatement()) {
            return statement.execute(statement(dataset, name));
          }
        });
    tables.forget(dataset.id());
  }
}
