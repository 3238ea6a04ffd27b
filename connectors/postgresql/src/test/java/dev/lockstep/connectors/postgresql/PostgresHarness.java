package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.ChangeReader.Subscription;
import dev.lockstep.connector.Connector;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Settings;
import dev.lockstep.connector.Type;
import dev.lockstep.testkit.Harness;
import dev.lockstep.testkit.Samples;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The suite's hands in a database, by plain JDBC. */
final class PostgresHarness implements Harness {
  private final TestDatabase database;
  private final PostgresProduct product = new PostgresProduct();
  private final Connector connector;
  private final Map<String, ?> settings;

  PostgresHarness(Connector connector, TestDatabase database, Map<String, ?> settings) {
    this.connector = connector;
    this.database = database;
    this.settings = settings;
  }

  @Override
  public Connector connector() {
    return connector;
  }

  @Override
  public Settings settings() {
    return database.settings(connector, settings);
  }

  private String table(Dataset dataset) {
    String name = dataset.id().name();
    return product.quote(name.substring(name.indexOf('.') + 1));
  }

  @Override
  public Dataset create(Dataset wanted, List<Row> rows) {
    List<String> parts = new ArrayList<>();
    for (Field field : wanted.schema().fields()) {
      boolean required = !field.nullable() || wanted.key().contains(field.name());
      parts.add(
          product.quote(field.name())
              + " "
              + product.ddl(field.type())
              + (required ? " NOT NULL" : ""));
    }
    if (!wanted.key().isEmpty()) {
      parts.add(
          wanted.key().stream()
              .map(product::quote)
              .collect(Collectors.joining(", ", "PRIMARY KEY (", ")")));
    }
    Dataset dataset =
        new Dataset(
            new DatasetId(product.id(wanted.id().name())),
            wanted.schema(),
            wanted.key(),
            wanted.open());
    database.run("CREATE TABLE " + table(dataset) + " (" + String.join(", ", parts) + ")");
    put(dataset, rows);
    return dataset;
  }

  @Override
  public void put(Dataset dataset, List<Row> rows) {
    try (Connection connection = database.connect()) {
      for (Row row : rows) {
        insert(connection, dataset, row);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void insert(Connection connection, Dataset dataset, Row row) throws SQLException {
    List<Field> fields = dataset.schema().fields();
    String sql =
        "INSERT INTO "
            + table(dataset)
            + fields.stream()
                .map(field -> product.quote(field.name()))
                .collect(Collectors.joining(", ", " (", ")"))
            + fields.stream()
                .map(field -> product.parameter(field.type()))
                .collect(Collectors.joining(", ", " VALUES (", ")"))
            + onConflict(dataset);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < fields.size(); i++) {
        product.bind(statement, i + 1, fields.get(i).type(), row.get(fields.get(i).name()));
      }
      statement.executeUpdate();
    }
  }

  private String onConflict(Dataset dataset) {
    if (dataset.key().isEmpty()) {
      return "";
    }
    String key = dataset.key().stream().map(product::quote).collect(Collectors.joining(", "));
    return dataset.schema().names().stream()
        .map(name -> product.quote(name) + " = excluded." + product.quote(name))
        .collect(Collectors.joining(", ", " ON CONFLICT (" + key + ") DO UPDATE SET ", ""));
  }

  @Override
  public void remove(Dataset dataset, List<Key> keys) {
    String key =
        dataset.key().stream()
            .map(name ->
                product.quote(name)
                    + " = "
                    + product.parameter(
                        dataset.schema().field(dataset.schema().indexOf(name)).type()))
            .collect(Collectors.joining(" AND "));
    try (Connection connection = database.connect();
        PreparedStatement statement =
            connection.prepareStatement("DELETE FROM " + table(dataset) + " WHERE " + key)) {
      for (Key each : keys) {
        for (int i = 0; i < dataset.key().size(); i++) {
          int field = dataset.schema().indexOf(dataset.key().get(i));
          product.bind(statement, i + 1, dataset.schema().field(field).type(), each.part(i));
        }
        statement.executeUpdate();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public List<Row> rows(Dataset dataset) {
    List<Row> rows = new ArrayList<>();
    String names =
        dataset.schema().names().stream().map(product::quote).collect(Collectors.joining(", "));
    try (Connection connection = database.connect();
        PreparedStatement statement =
            connection.prepareStatement("SELECT " + names + " FROM " + table(dataset));
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        @Nullable Object[] values = new @Nullable Object[dataset.schema().size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = product.read(row, i + 1, dataset.schema().field(i).type());
        }
        rows.add(new Row(dataset.schema(), values));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return Collections.unmodifiableList(rows);
  }

  @Override
  public List<Type> types() {
    return product.types();
  }

  @Override
  public List<Object> values(Type type) {
    return Samples.extremes(type);
  }

  @Override
  public List<Unusable> unusable() {
    return List.of(
        new Unusable(
            "a table that is not there",
            database.settings(connector, Map.of("tables", List.of("no_such_table"))),
            "tables"),
        new Unusable(
            "a password in the url",
            database.settings(connector, Map.of("url", database.url() + "?password=hidden")),
            "url"));
  }

  @Override
  public Optional<Stall> stall() {
    return Optional.of(product.stall(database, "things"));
  }

  @Override
  public void loseChanges(Subscription subscription) {
    database.run(
        "SELECT pg_replication_slot_advance(slot_name, pg_current_wal_flush_lsn())"
            + " FROM pg_replication_slots WHERE database = current_database()");
  }

  @Override
  public void close() {
    database.dropSlots();
  }

  @Override
  public boolean owns(Thread thread) {
    // Shared by all connections of the JVM, and ended by the driver in its own time.
    return thread.getName().startsWith("PostgreSQL-JDBC");
  }
}
