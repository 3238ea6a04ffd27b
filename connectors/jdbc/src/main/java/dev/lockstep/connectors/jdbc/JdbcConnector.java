package dev.lockstep.connectors.jdbc;

import dev.lockstep.connector.Connection;
import dev.lockstep.connector.Connector;
import dev.lockstep.connector.ConnectorContext;
import dev.lockstep.connector.ConnectorSpec;
import dev.lockstep.connector.ConnectorSpec.Role;
import dev.lockstep.connector.Problem;
import dev.lockstep.connector.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Relational databases over JDBC: PostgreSQL, MariaDB and MySQL, SQLite, H2. */
public final class JdbcConnector implements Connector {

  @Override
  public ConnectorSpec spec() {
    return new ConnectorSpec(
        "jdbc",
        "Tables of PostgreSQL, MariaDB, MySQL, SQLite and H2.",
        JdbcSettings.SETTINGS,
        Set.of(Role.BULK_READ, Role.WRITE, Role.LOOKUP, Role.CREATE));
  }

  @Override
  public List<Problem> validate(Settings settings) {
    List<Problem> problems = new ArrayList<>();
    String url = settings.text("url");
    if (url.matches("jdbc:sqlite:(:memory:.*|file::memory:.*|.*mode=memory.*)")) {
      problems.add(
          new Problem(
              "url",
              "every connection to SQLite's :memory: opens a database of its own",
              "name a file: jdbc:sqlite:reports.db"));
    }
    if (url.matches("(?i).*[?&;]password=.*")) {
      problems.add(
          new Problem(
              "url",
              "the password stands in the url, where logs may show it",
              "move it to `password`, as in password: \"${DB_PASSWORD}\""));
    }
    return problems;
  }

  @Override
  public Connection open(Settings settings, ConnectorContext context) {
    JdbcSettings own = JdbcSettings.of(settings);
    return new JdbcConnection(own, Dialect.of(own.url()), context);
  }
}
