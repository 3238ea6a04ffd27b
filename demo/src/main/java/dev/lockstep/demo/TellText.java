package dev.lockstep.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A line for each event: time, story, what happened, how long it took. */
final class TellText implements Teller {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  /** Text and duration together, so that a line fits a terminal of usual width. */
  private static final int WIDTH = 55;

  private final PrintWriter out;
  private final boolean colours;

  TellText(PrintWriter out, boolean colours) {
    this.out = out;
    this.colours = colours;
  }

  @Override
  public synchronized void tell(Event event) {
    String time = TIME.format(LocalTime.now(ZoneId.systemDefault()));
    String story = String.format(Locale.ROOT, "%-12s", event.story().word());
    String text =
        switch (event.mood()) {
          case PLAIN -> event.text();
          case GOOD -> painted("32", "\u2713 ") + event.text();
          case BAD -> painted("31", "\u2717 " + event.text());
        };
    int length = event.text().length() + (event.mood() == Event.Mood.PLAIN ? 0 : 2);
    String took = event.took().map(it -> told(it, length)).orElse("");
    out.println(
        " "
            + painted("2", time)
            + "  "
            + painted(event.story().colour(), story)
            + "  "
            + text
            + took);
    out.flush();
  }

  private String told(Duration took, int length) {
    String span = span(took);
    return " ".repeat(Math.max(2, WIDTH - length - span.length())) + painted("1", span);
  }

  /** {@code 38 ms}, {@code 4.2 s}. */
  static String span(Duration span) {
    return span.toMillis() < 1_000
        ? span.toMillis() + " ms"
        : String.format(Locale.ROOT, "%.1f s", span.toMillis() / 1000.0);
  }

  @Override
  public synchronized void say(String text) {
    out.println(text);
    out.flush();
  }

  private String painted(String code, String text) {
    return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
