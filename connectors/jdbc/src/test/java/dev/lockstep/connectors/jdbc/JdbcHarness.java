package dev.lockstep.connectors.jdbc;

import dev.lockstep.connector.Connector;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Settings;
import dev.lockstep.connector.Type;
import dev.lockstep.testkit.Behaviour;
import dev.lockstep.testkit.Harness;
import dev.lockstep.testkit.Samples;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The suite's hands in a database, by plain JDBC. */
final class JdbcHarness implements Harness {
  private final TestDatabase database;
  private final Product product;
  private final Map<String, ?> settings;

  JdbcHarness(TestDatabase database, Product product, Map<String, ?> settings) {
    this.database = database;
    this.product = product;
    this.settings = settings;
  }

  /** What the harness must know of a product, in its own words and not the connector's. */
  interface Product {
    String ddl(Type type);

    String quote(String name);

    /** The dataset name the connector gives a table. */
    default String id(String table) {
      return table;
    }

    void bind(PreparedStatement statement, int index, Type type, @Nullable Object value)
        throws SQLException;

    @Nullable Object read(ResultSet row, int index, Type type) throws SQLException;

    default String parameter(Type type) {
      return "?";
    }

    List<Type> types();

    default Map<Behaviour, String> cannot() {
      return Map.of();
    }

    /** Whether a value of a type is one the product can hold. */
    default boolean holds(Object value) {
      return true;
    }

    /** Whether the database runs inside this process, where nothing can make it wait. */
    default boolean isLocal() {
      return false;
    }

    default Stall stall(TestDatabase database, String table) {
      throw new IllegalStateException("nothing can make this database wait");
    }
  }

  @Override
  public Connector connector() {
    return new JdbcConnector();
  }

  @Override
  public Settings settings() {
    return database.settings(settings);
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
                .collect(Collectors.joining(", ", " VALUES (", ")"));
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < fields.size(); i++) {
        product.bind(statement, i + 1, fields.get(i).type(), row.get(fields.get(i).name()));
      }
      statement.executeUpdate();
    }
  }

  @Override
  public void remove(Dataset dataset, List<Key> keys) {
    throw new UnsupportedOperationException("this connector has no feed of changes");
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
    return Samples.extremes(type).stream().filter(product::holds).toList();
  }

  @Override
  public Map<Behaviour, String> cannot() {
    Map<Behaviour, String> cannot = new HashMap<>(product.cannot());
    if (product.isLocal()) {
      cannot.put(Behaviour.BLOCKED_READ, "the database runs inside this process");
    }
    return cannot;
  }

  @Override
  public List<Unusable> unusable() {
    return List.of(
        new Unusable(
            "a table that is not there",
            database.settings(Map.of("tables", List.of("no_such_table"))),
            "tables"),
        new Unusable(
            "a password in the url",
            database.settings(Map.of("url", database.url() + "?password=hidden")),
            "url"));
  }

  @Override
  public Optional<Stall> stall() {
    return product.isLocal() ? Optional.empty() : Optional.of(product.stall(database, "things"));
  }

  @Override
  public boolean owns(Thread thread) {
    // Shared by all connections of the JVM, and ended by their drivers in their own time.
    return thread.getName().startsWith("PostgreSQL-JDBC")
        || thread.getName().startsWith("mariadb")
        || thread.getName().startsWith("process ")
        || thread.getName().startsWith("MVStore");
  }
}
