package dev.lockstep.cli;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Shows how far a run came: one line kept up to date on a terminal, a line now and then elsewhere.
 */
final class ShowProgress implements Consumer<ObjectNode> {
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
  ShowProgress(Terminal terminal, LongSupplier nanos) {
    this.terminal = terminal;
    this.nanos = nanos;
    this.started = nanos.getAsLong();
    this.shown = started;
  }

  @Override
  public void accept(ObjectNode progress) {
    long now = nanos.getAsLong();
    Duration pause = terminal.live() ? REDRAWN : PRINTED;
    if (now - shown < pause.toNanos()) {
      return;
    }
    shown = now;
    String line = line(progress, Duration.ofNanos(now - started));
    if (terminal.live()) {
      String wheel = WHEEL[turns++ % WHEEL.length];
      terminal.err().print("\r\u001b[K" + wheel + " " + line);
    } else {
      terminal.err().println(line);
    }
    terminal.err().flush();
  }

  private static String line(ObjectNode progress, Duration elapsed) {
    JsonNode counts = progress.get("counts");
    long captured = counts.get("captured").longValue();
    long rate = captured * 1_000 / Math.max(1, elapsed.toMillis());
    return progress.get("phase").stringValue()
        + ": "
        + read(progress, captured)
        + ", "
        + Words.number(counts.get("applied").longValue())
        + " applied, "
        + Words.number(counts.get("dead").longValue())
        + " dead, "
        + Words.number(rate)
        + "/s, "
        + Words.span(elapsed)
        + left(progress);
  }

  private static String read(ObjectNode progress, long captured) {
    JsonNode percent = progress.get("percent");
    return percent == null || percent.isNull()
        ? Words.number(captured) + " read"
        : percent
            + " %, "
            + Words.number(captured)
            + " of about "
            + Words.number(progress.get("expected").longValue())
            + " read";
  }

  private static String left(ObjectNode progress) {
    JsonNode left = progress.get("leftSeconds");
    return left == null || left.isNull() ? "" : ", about " + Words.seconds(left) + " left";
  }

  /** Leaves the line to what comes next. */
  void clear() {
    if (terminal.live()) {
      terminal.err().print("\r\u001b[K");
      terminal.err().flush();
    }
  }
}
