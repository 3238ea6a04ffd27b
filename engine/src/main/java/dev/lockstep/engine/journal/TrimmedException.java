package dev.lockstep.engine.journal;

/** Changes were asked for that the journal no longer holds; they are never skipped in silence. */
public final class TrimmedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TrimmedException(String capture, long after, long trimmed) {
    super(
        "the journal of '%s' no longer holds change %d, it starts after %d; read the source in full again"
            .formatted(capture, after + 1, trimmed));
  }
}
