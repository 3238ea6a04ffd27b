package dev.lockstep.engine.journal;

/** Stored bytes are not what was written, or a newer program wrote them; says where and what. */
public final class DamagedBytesException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DamagedBytesException(String message) {
    super(message);
  }
}
