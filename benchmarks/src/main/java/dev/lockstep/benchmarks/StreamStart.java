package dev.lockstep.benchmarks;

import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Sees when the source begins to send its log to whoever follows it next. */
final class StreamStart {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Duration PAUSE = Duration.ofMillis(10);

  // A slot is confirmed only after what was sent has been applied.
  private static final String SENT =
      "SELECT extract(epoch FROM max(clock_timestamp())) FROM pg_stat_replication AS stream JOIN"
          + " pg_replication_slots AS slot ON slot.active_pid = stream.pid WHERE stream.sent_lsn >"
          + " slot.confirmed_flush_lsn";

  private final CompletableFuture<Double> seen = new CompletableFuture<>();

  private StreamStart() {}

  /** Begins to look; nothing may follow the source yet. */
  static StreamStart watch(Database source) {
    StreamStart start = new StreamStart();
    Thread.ofVirtual().start(() -> start.look(source));
    return start;
  }

  private void look(Database source) {
    try (Connection connection = source.connect()) {
      Waiting.until(
          "the source to send its log",
          LIMIT,
          PAUSE,
          () -> {
            String at = Database.text(connection, SENT);
            return !"null".equals(at) && seen.complete(Double.parseDouble(at));
          });
    } catch (Exception e) {
      seen.completeExceptionally(e);
    }
  }

  /** In seconds since 1970, some milliseconds late. */
  double seconds() throws Exception {
    return seen.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }
}
