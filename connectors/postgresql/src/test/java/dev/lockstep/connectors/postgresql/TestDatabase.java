package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.Connector;
import dev.lockstep.connector.ConnectorContext;
import dev.lockstep.connector.Settings;
import dev.lockstep.testkit.TestSettings;
import dev.lockstep.testkit.faults.Network;
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
record TestDatabase(String url, String user, Path scratch) {

  TestDatabase(String url, String user) {
    this(url, user, Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** The same, whose connections keep files of their own in this folder. */
  TestDatabase keeping(Path folder) {
    return new TestDatabase(url, user, folder);
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url, user, "");
  }

  /** The same, reached through a network. */
  TestDatabase through(Network network) {
    return new TestDatabase(url.replaceFirst(":[0-9]+/", ":" + network.port() + "/"), user);
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

  /** Slots are the server's, and outlive the test's database. */
  void dropSlots() {
    run(
        "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE active"
            + " AND database = current_database()");
    String active =
        "SELECT count(*) FROM pg_replication_slots WHERE active AND database = current_database()";
    while (!text(active).equals("0")) {
      Thread.onSpinWait();
    }
    run(
        "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots"
            + " WHERE database = current_database()");
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

  Settings settings(Connector connector, Map<String, ?> more) {
    Map<String, Object> values = new HashMap<>(Map.of("url", url));
    if (!user.isEmpty()) {
      values.put("user", user);
    }
    values.putAll(more);
    return TestSettings.of(connector.spec(), values);
  }

  dev.lockstep.connector.Connection open(Map<String, ?> more) {
    return open(new PostgresConnector(), more);
  }

  dev.lockstep.connector.Connection open(Connector connector, Map<String, ?> more) {
    try {
      return connector.open(settings(connector, more), context());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  dev.lockstep.connector.Connection open() {
    return open(Map.of());
  }

  ConnectorContext context() {
    return new ConnectorContext(
        "test",
        "lockstep-test",
        Path.of("").toAbsolutePath(),
        scratch,
        InstantSource.system(),
        new Random(7),
        System.getLogger("test"));
  }
}
