package dev.lockstep.store;

import org.jspecify.annotations.Nullable;

/** The store cannot do what was asked; the message names the file, the fault and the remedy. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
