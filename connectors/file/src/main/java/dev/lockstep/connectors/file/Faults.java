package dev.lockstep.connectors.file;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Failure;
import java.io.IOException;
import java.nio.file.Path;

/** Failures of the file system, in the engine's words. */
final class Faults {
  private Faults() {}

  static ConnectorException unreachable(Path path, IOException cause) {
    return new ConnectorException(
        Failure.Transient.of(
            path
                + " cannot be used now: "
                + cause.getClass().getSimpleName()
                + " "
                + cause.getMessage()),
        cause);
  }

  static ConnectorException permanent(String message) {
    return new ConnectorException(new Failure.Permanent(message));
  }
}
