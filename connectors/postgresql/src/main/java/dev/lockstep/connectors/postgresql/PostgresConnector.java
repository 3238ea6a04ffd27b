package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.Connection;
import dev.lockstep.connector.Connector;
import dev.lockstep.connector.ConnectorContext;
import dev.lockstep.connector.ConnectorSpec;
import dev.lockstep.connector.ConnectorSpec.Role;
import dev.lockstep.connector.Problem;
import dev.lockstep.connector.Settings;
import dev.lockstep.connectors.jdbc.JdbcSettings;
import java.util.List;
import java.util.Set;

/** PostgreSQL, as a source and as a target. */
public final class PostgresConnector implements Connector {

  @Override
  public ConnectorSpec spec() {
    return new ConnectorSpec(
        "postgresql",
        "Tables of PostgreSQL, and what changes in them.",
        PostgresSettings.SETTINGS,
        Set.of(Role.BULK_READ, Role.CHANGE_READ, Role.WRITE, Role.LOOKUP, Role.CREATE));
  }

  @Override
  public List<Problem> validate(Settings settings) {
    return JdbcSettings.problems(settings);
  }

  @Override
  public Connection open(Settings settings, ConnectorContext context) {
    return new PostgresConnection(PostgresSettings.of(settings), context);
  }
}
