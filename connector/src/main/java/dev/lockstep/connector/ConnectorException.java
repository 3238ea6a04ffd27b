package dev.lockstep.connector;

import org.jspecify.annotations.Nullable;

/**
 * The one exception a connector throws on purpose; any other exception is a bug in the connector.
 */
public final class ConnectorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  public ConnectorException(Failure failure) {
    this(failure, null);
  }

  public ConnectorException(Failure failure, @Nullable Throwable cause) {
    super(failure.message(), cause);
    this.failure = failure;
  }

  public Failure failure() {
    return failure;
  }
}
