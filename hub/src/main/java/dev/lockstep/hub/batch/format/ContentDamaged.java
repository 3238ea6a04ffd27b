package dev.lockstep.hub.batch.format;

import java.io.IOException;

/** A content of which nothing more can be read; the message says where, and what is wrong. */
public final class ContentDamaged extends IOException {
  private static final long serialVersionUID = 1L;

  public ContentDamaged(String message) {
    super(message);
  }
}
