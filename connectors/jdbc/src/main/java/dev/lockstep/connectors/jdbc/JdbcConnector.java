package dev.lockstep.connectors.jdbc;

import dev.lockstep.connector.Connection;
import dev.lockstep.connector.Connector;
import dev.lockstep.connector.ConnectorContext;
import dev.lockstep.connector.ConnectorSpec;
import dev.lockstep.connector.ConnectorSpec.Role;
import dev.lockstep.connector.Problem;
import dev.lockstep.connector.Settings;
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
    return JdbcSettings.problems(settings);
  }

  @Override
  public Connection open(Settings settings, ConnectorContext context) {
    JdbcSettings own = JdbcSettings.of(settings);
    return new JdbcConnection(own, Dialect.of(own.url()), context);
  }
}
