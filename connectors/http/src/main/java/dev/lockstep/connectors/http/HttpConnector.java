package dev.lockstep.connectors.http;

import dev.lockstep.connector.Connection;
import dev.lockstep.connector.Connector;
import dev.lockstep.connector.ConnectorContext;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.ConnectorSpec;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Problem;
import dev.lockstep.connector.Settings;
import java.util.EnumSet;
import java.util.List;

/**
 * Reads and writes any REST API that speaks JSON, as described by its settings. Opening never
 * touches the network. Which roles a connection offers depends on what its datasets describe.
 */
public final class HttpConnector implements Connector {
  private static final ConnectorSpec SPEC =
      new ConnectorSpec(
          "http",
          "Any REST API that speaks JSON, described by its calls",
          HttpSettings.all(),
          EnumSet.of(
              ConnectorSpec.Role.BULK_READ, ConnectorSpec.Role.WRITE, ConnectorSpec.Role.LOOKUP));

  @Override
  public ConnectorSpec spec() {
    return SPEC;
  }

  @Override
  public List<Problem> validate(Settings settings) {
    ApiReader reader = new ApiReader(settings);
    reader.read();
    return reader.problems();
  }

  @Override
  public Connection open(Settings settings, ConnectorContext context) {
    ApiReader reader = new ApiReader(settings);
    Api api = reader.read();
    if (!reader.problems().isEmpty()) {
      throw new ConnectorException(new Failure.Misconfigured(reader.problems()));
    }
    return new HttpConnection(api, context);
  }
}
