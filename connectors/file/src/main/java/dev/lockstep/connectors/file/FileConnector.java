package dev.lockstep.connectors.file;

import dev.lockstep.connector.Connection;
import dev.lockstep.connector.Connector;
import dev.lockstep.connector.ConnectorContext;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.ConnectorSpec;
import dev.lockstep.connector.ConnectorSpec.Role;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Problem;
import dev.lockstep.connector.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** {@code connector: file}: a folder of CSV, JSON and JSON Lines files. */
public final class FileConnector implements Connector {

  @Override
  public ConnectorSpec spec() {
    return new ConnectorSpec(
        "file",
        "A folder of CSV, JSON and JSON Lines files, also compressed: read in bulk, followed as files"
            + " arrive and grow, appended to exactly once.",
        FileSettings.all(),
        Set.of(Role.BULK_READ, Role.CHANGE_READ, Role.WRITE, Role.CREATE));
  }

  @Override
  public List<Problem> validate(Settings settings) {
    ReadSettings reading = new ReadSettings(settings);
    reading.folder(Path.of(""));
    return reading.problems();
  }

  @Override
  public Connection open(Settings settings, ConnectorContext context) {
    ReadSettings reading = new ReadSettings(settings);
    Folder folder = reading.folder(context.directory());
    if (!reading.problems().isEmpty()) {
      throw new ConnectorException(new Failure.Misconfigured(reading.problems()));
    }
    return new FileConnection(folder, context.clock());
  }
}
