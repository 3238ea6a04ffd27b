package dev.lockstep.engine.direct;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Failure;

/** The fields of a source have changed, and its syncs must be prepared anew. */
final class Reshaped extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  Reshaped(ConnectorException why) {
    super(why);
    this.failure = why.failure();
  }

  Failure failure() {
    return failure;
  }
}
