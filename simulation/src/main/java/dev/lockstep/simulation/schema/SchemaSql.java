package dev.lockstep.simulation.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** The statements that make the schema and fill it. */
final class SchemaSql {
  private static final String TYPES = text("types.sql").strip();

  private SchemaSql() {}

  /** Makes the schema, which both sides have. */
  static void create(Connection connection) throws SQLException {
    run(connection, text("schema.sql"));
  }

  /** Fills the source. */
  static void fill(Connection connection, Scale scale) throws SQLException {
    run(
        connection,
        text("data.sql")
            .replace("{types}", types("g"))
            .replace("{orders}", Integer.toString(scale.orders()))
            .replace("{bulk}", Integer.toString(scale.bulk())));
  }

  /**
   * A query of values of every type, one row for each number {@code g} of what it is selected from.
   *
   * @param id an expression for the row's key
   */
  static String types(String id) {
    return TYPES.replace("{id}", id);
  }

  private static void run(Connection connection, String script) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements(script)) {
        statement.execute(sql);
      }
    }
  }

  /** A semicolon at the end of a line ends a statement. */
  private static List<String> statements(String script) {
    return Arrays.stream(script.split(";\n", -1)).filter(sql -> !sql.isBlank()).toList();
  }

  private static String text(String resource) {
    try (InputStream in = Objects.requireNonNull(SchemaSql.class.getResourceAsStream(resource))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("--"))
          .collect(Collectors.joining("\n", "", "\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
