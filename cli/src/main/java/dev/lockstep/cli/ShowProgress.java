package dev.lockstep.cli;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Shows how far a run came. */
final class ShowProgress implements Consumer<ObjectNode> {
  private final LiveLine line;

  /**
   * @param nanos a clock of nanoseconds from any start
   */
  ShowProgress(Terminal terminal, LongSupplier nanos) {
    this.line = new LiveLine(terminal, nanos);
  }

  @Override
  public void accept(ObjectNode progress) {
    if (line.isDue()) {
      line.show(line(progress, line.elapsed()));
    }
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
    line.clear();
  }
}
