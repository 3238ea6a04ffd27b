package dev.lockstep.connectors.jdbc;

import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.DatasetCreator;
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
