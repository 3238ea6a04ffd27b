package dev.lockstep.server;

import dev.lockstep.engine.Engine;
import dev.lockstep.engine.sync.Trouble;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Logs what keeps syncs from their work, once when it begins and once when it is over, so that the
 * log of a service tells what its page does. One that comes and goes, since it is tried again, is
 * one.
 */
final class TellTroubles {
  private static final System.Logger LOG = System.getLogger(TellTroubles.class.getName());
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Longer than it takes to try something again. */
  private static final Duration OVER_AFTER = Duration.ofMinutes(1);

  private final Engine engine;
  private final InstantSource clock;
  private final Map<String, Told> told = new HashMap<>();
  private @Nullable Thread thread;

  TellTroubles(Engine engine, InstantSource clock) {
    this.engine = engine;
    this.clock = clock;
  }

  /** What was logged of one place, and when it was last the case. */
  private record Told(Trouble trouble, Instant last) {}

  synchronized void start() {
    thread = Thread.ofVirtual().name("tell troubles").start(this::keep);
  }

  private void keep() {
    try {
      while (true) {
        look();
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException e) {
      // Closed: this thread's work is over.
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    Instant now = clock.instant();
    for (Trouble trouble : engine.troubles()) {
      Told before = told.put(trouble.place(), new Told(trouble, now));
      if (before == null || !before.trouble().fault().equals(trouble.fault())) {
        LOG.log(Level.WARNING, "{0}", trouble);
      }
    }
    for (Iterator<Told> all = told.values().iterator(); all.hasNext(); ) {
      Told one = all.next();
      if (one.last().plus(OVER_AFTER).isBefore(now)) {
        LOG.log(Level.WARNING, "{0} goes on, since {1}", one.trouble().place(), one.last());
        all.remove();
      }
    }
  }

  synchronized void close() {
    if (thread != null) {
      thread.interrupt();
    }
  }
}
