package dev.lockstep.connector;

/**
 * A place to resume from. Opaque to the engine, printable, self-sufficient, and versioned by its
 * connector.
 */
public record Position(String token) {
  @Override
  public String toString() {
    return token;
  }
}
