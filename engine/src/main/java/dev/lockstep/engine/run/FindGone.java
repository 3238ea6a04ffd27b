package dev.lockstep.engine.run;

import dev.lockstep.connector.BulkReader;
import dev.lockstep.connector.BulkReader.Page;
import dev.lockstep.connector.BulkReader.Partition;
import dev.lockstep.connector.BulkReader.Request;
import dev.lockstep.connector.Cursor;
import dev.lockstep.connector.FormWriter.Gone;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds what a mirror's target has and its source has not, by the digests of all keys seen at the
 * source. They are compared in as many passes over the target as keep those of one pass within the
 * number that the route allows (invariant 8).
 */
final class FindGone {
  private static final int PAGE_ROWS = 10_000;

  private final Route route;
  private final Seen seen;

  FindGone(Route route, Seen seen) {
    this.route = route;
    this.seen = seen;
  }

  /** Where the digests are kept that were noted while the source was read. */
  interface Seen {
    long count() throws InterruptedException;

    /** Hands over all of them, some at a time. */
    void each(Consumer<byte[]> digests) throws InterruptedException;
  }

  /** Returns how many keys the target has. */
  long find(Gone gone) throws InterruptedException {
    long count = seen.count();
    int passes = Math.toIntExact(count / route.keysAtOnce() + 1);
    long total = 0;
    for (int pass = 0; pass < passes; pass++) {
      int bucket = pass;
      SeenKeys keys = new SeenKeys(count / passes + count / passes / 8 + 64);
      seen.each(digests -> keys.addAll(digests, bucket, passes));
      total += compare(keys, bucket, passes, gone);
    }
    return total;
  }

  private long compare(SeenKeys keys, int bucket, int passes, Gone gone)
      throws InterruptedException {
    BulkReader reader = route.targetReader().orElseThrow();
    List<String> key = route.mapper().key();
    Request request = new Request(route.target().id(), key, Optional.empty(), PAGE_ROWS);
    long total = 0;
    for (Partition partition : reader.plan(request, 1)) {
      try (Cursor<Page> cursor = reader.read(partition, Optional.empty())) {
        for (Optional<Page> page = cursor.next(); page.isPresent(); page = cursor.next()) {
          List<Key> missing = new ArrayList<>();
          for (Row row : page.get().rows()) {
            byte[] digest = SeenKeys.digest(row.key(key));
            if (SeenKeys.isIn(digest, bucket, passes)) {
              total++;
              if (!keys.contains(digest)) {
                missing.add(row.key(key));
              }
            }
          }
          gone.found(missing);
        }
      }
    }
    return total;
  }
}
