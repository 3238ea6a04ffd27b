package dev.lockstep.connectors.liferay;

import dev.lockstep.connector.DatasetId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The entries that both sides lately knew to be the same: what was told to the engine, or what the
 * engine wrote. A sweep leaves those out. What is forgotten here, of old entries or by a restart,
 * is told once more, which changes nothing. Thread-safe.
 */
final class Recent {
  private static final int MOST = 50_000;

  private final Map<Where, Known> entries =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Where, Known> eldest) {
          return size() > MOST;
        }
      };

  /** One entry. */
  record Where(DatasetId dataset, String code) {}

  /**
   * @param print null for one that is gone
   * @param written whether the engine wrote it, and the source has not yet told of that
   */
  record Known(@Nullable Print print, boolean written) {}

  synchronized Optional<Known> of(Where where) {
    return Optional.ofNullable(entries.get(where));
  }

  /** The engine was told that the entry is so; null for gone. */
  synchronized void told(Where where, @Nullable Print print) {
    entries.put(where, new Known(print, false));
  }

  /**
   * The engine wrote some fields, and this is what the entry was after that. Known only when it is
   * what both sides know: where others changed something else meanwhile, that has still to be told.
   */
  synchronized void wrote(Where where, Print fields, Print after) {
    Known before = entries.get(where);
    if (fields.over(before == null ? null : before.print()).equals(after)) {
      entries.put(where, new Known(after, true));
    } else {
      entries.remove(where);
    }
  }

  /** The engine deleted the entry. */
  synchronized void deleted(Where where) {
    entries.put(where, new Known(null, true));
  }
}
