package dev.lockstep.connectors.properties;

import dev.lockstep.connector.Connection;
import dev.lockstep.connector.Connector;
import dev.lockstep.connector.ConnectorContext;
import dev.lockstep.connector.ConnectorSpec;
import dev.lockstep.connector.ConnectorSpec.Role;
import dev.lockstep.connector.Setting;
import dev.lockstep.connector.Setting.Form;
import dev.lockstep.connector.Settings;
import java.util.List;
import java.util.Set;

/** {@code connector: properties}: one file of {@code key=value} lines. */
public final class PropertiesConnector implements Connector {

  @Override
  public ConnectorSpec spec() {
    return new ConnectorSpec(
        "properties",
        "A Java properties file: each line a record of a key and a value.",
        List.of(
            Setting.required(
                "file", new Form.Text(), "The file, relative to the folder of the configuration.")),
        Set.of(Role.BULK_READ, Role.WRITE, Role.LOOKUP));
  }

  @Override
  public Connection open(Settings settings, ConnectorContext context) {
    return new PropertiesConnection(
        new PropertiesFile(context.directory().resolve(settings.text("file"))));
  }
}
