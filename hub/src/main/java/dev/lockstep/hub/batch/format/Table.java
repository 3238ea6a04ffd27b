package dev.lockstep.hub.batch.format;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The rows of a content that is a table. Used by one thread. */
interface Table extends AutoCloseable {
  /**
   * One row.
   *
   * @param place where it stands, for people
   * @param cells its values from left to right; null for an empty cell
   * @param fault why it cannot be read; empty when it can
   */
  record Row(String place, @Nullable JsonNode[] cells, String fault) {
    boolean isEmpty() {
      for (JsonNode cell : cells) {
        if (cell != null) {
          return false;
        }
      }
      return true;
    }
  }

  /** The next row, or null at the end. */
  @Nullable Row next() throws IOException;

  /** As of {@link ItemReader#reach}. */
  default Optional<ItemReader.Reach> reach() {
    return Optional.empty();
  }

  @Override
  void close() throws IOException;
}
