package dev.lockstep.testkit;

import dev.lockstep.connector.Connection;
import dev.lockstep.connector.Connector;
import dev.lockstep.connector.ConnectorContext;
import dev.lockstep.connector.ConnectorSpec;
import dev.lockstep.connector.ConnectorSpec.Role;
import dev.lockstep.connector.Setting;
import dev.lockstep.connector.Setting.Form;
import dev.lockstep.connector.Settings;
import java.util.EnumSet;
import java.util.List;

/**
 * Connects to a {@link MemorySystem} of this process: the reference implementation of the contract,
 * and the stand-in for any system in the engine's tests. {@code connector: memory}.
 */
public final class MemoryConnector implements Connector {

  @Override
  public ConnectorSpec spec() {
    return new ConnectorSpec(
        "memory",
        "Records held in this process, for tests and trials; gone when it ends.",
        List.of(
            Setting.optional(
                "system",
                new Form.Text(),
                "The name under which several connections share their records; left out, the name"
                    + " of the system in the configuration.")),
        EnumSet.allOf(Role.class));
  }

  @Override
  public Connection open(Settings settings, ConnectorContext context) {
    String name = settings.optionalText("system").orElse(context.system());
    return MemorySystem.named(name).connect(context.origin());
  }
}
