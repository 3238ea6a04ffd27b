package dev.lockstep.connectors.jdbc;

import dev.lockstep.connector.ConnectorContext;
import dev.lockstep.connector.Settings;
import dev.lockstep.testkit.TestSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A database of one test's own, and a way to it that does not pass the connector. */
record TestDatabase(String url, String user) {

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url, user, "");
  }

  void run(String... statements) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first column of every row, as text. */
  List<String> texts(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      List<String> texts = new ArrayList<>();
      while (row.next()) {
        texts.add(String.valueOf(row.getString(1)));
      }
      return texts;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  String text(String sql) {
    return texts(sql).getFirst();
  }

  Settings settings(Map<String, ?> more) {
    Map<String, Object> values = new HashMap<>(Map.of("url", url));
    if (!user.isEmpty()) {
      values.put("user", user);
    }
    values.putAll(more);
    return TestSettings.of(new JdbcConnector().spec(), values);
  }

  dev.lockstep.connector.Connection open(Map<String, ?> more) {
    return new JdbcConnector().open(settings(more), context());
  }

  dev.lockstep.connector.Connection open() {
    return open(Map.of());
  }

  static ConnectorContext context() {
    return new ConnectorContext(
        "test",
        "lockstep-test",
        Path.of("").toAbsolutePath(),
        Path.of(System.getProperty("java.io.tmpdir")),
        InstantSource.system(),
        new Random(7),
        System.getLogger("test"));
  }
}
