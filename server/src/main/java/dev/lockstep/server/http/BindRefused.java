package dev.lockstep.server.http;

import org.jspecify.annotations.Nullable;

/**
 * The server cannot serve where it should; the message names the address, the fault and the remedy.
 */
public final class BindRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BindRefused(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
