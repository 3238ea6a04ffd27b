package dev.lockstep.cli;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How far something came, on standard error: one line kept up to date on a terminal, a line now and
 * then elsewhere. Used by one thread at a time.
 */
final class LiveLine {
  private static final Duration REDRAWN = Duration.ofMillis(100);
  private static final Duration PRINTED = Duration.ofSeconds(5);
  private static final String[] WHEEL = {"|", "/", "-", "\\"};

  private final Terminal terminal;
  private final LongSupplier nanos;
  private final long started;
  private long shown;
  private int turns;

  /**
   * @param nanos a clock of nanoseconds from any start
   */
  LiveLine(Terminal terminal, LongSupplier nanos) {
    this.terminal = terminal;
    this.nanos = nanos;
    this.started = nanos.getAsLong();
    this.shown = started;
  }

  Duration elapsed() {
    return Duration.ofNanos(nanos.getAsLong() - started);
  }

  /** Whether it is time for another line. */
  boolean isDue() {
    Duration pause = terminal.live() ? REDRAWN : PRINTED;
    return nanos.getAsLong() - shown >= pause.toNanos();
  }

  void show(String line) {
    shown = nanos.getAsLong();
    if (terminal.live()) {
      String wheel = WHEEL[turns++ % WHEEL.length];
      terminal.err().print("\r\u001b[K" + wheel + " " + line);
    } else {
      terminal.err().println(line);
    }
    terminal.err().flush();
  }

  /** Leaves the line to what comes next. */
  void clear() {
    if (terminal.live()) {
      terminal.err().print("\r\u001b[K");
      terminal.err().flush();
    }
  }
}
