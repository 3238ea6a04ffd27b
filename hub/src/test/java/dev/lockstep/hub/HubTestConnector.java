package dev.lockstep.hub;

import dev.lockstep.connector.Connection;
import dev.lockstep.connector.Connector;
import dev.lockstep.connector.ConnectorContext;
import dev.lockstep.connector.ConnectorSpec;
import dev.lockstep.connector.ConnectorSpec.Role;
import dev.lockstep.connector.Setting;
import dev.lockstep.connector.Settings;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets the conformance suite open connections to hubs by name; the hub itself needs no connector.
 */
public final class HubTestConnector implements Connector {
  static final Map<String, Hub> HUBS = new ConcurrentHashMap<>();

  @Override
  public ConnectorSpec spec() {
    return new ConnectorSpec(
        HubConnection.SYSTEM,
        "Objects hosted by Lockstep itself.",
        List.of(
            Setting.required(
                "name", new Setting.Form.Text(), "The name of a hub that a test opened.")),
        Set.of(Role.BULK_READ, Role.CHANGE_READ, Role.WRITE, Role.LOOKUP));
  }

  @Override
  public Connection open(Settings settings, ConnectorContext context) {
    Hub hub = Objects.requireNonNull(HUBS.get(settings.text("name")));
    return new HubConnection(hub, context.origin());
  }
}
