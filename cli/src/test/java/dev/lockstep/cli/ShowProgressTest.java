package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class ShowProgressTest {
  private static final String COUNTS =
      "\"counts\": {\"captured\": 41000, \"applied\": 40000, \"dead\": 1}";

  @Test
  void tellsShareAndTimeLeftWhereTheyAreKnown() {
    assertThat(
            shown(
                "{\"phase\": \"reading\", "
                    + COUNTS
                    + ", \"expected\": 100000, \"percent\": 41, \"leftSeconds\": 14.388}"))
        .isEqualTo(
            "reading: 41 %, 41,000 of about 100,000 read, 40,000 applied, 1 dead, 4,100/s, 10 s,"
                + " about 14 s left\n");
  }

  @Test
  void tellsCountsOnlyWhereNobodyKnows() {
    assertThat(
            shown(
                "{\"phase\": \"comparing\", "
                    + COUNTS
                    + ", \"expected\": null, \"percent\": null, \"leftSeconds\": null}"))
        .isEqualTo("comparing: 41,000 read, 40,000 applied, 1 dead, 4,100/s, 10 s\n");
  }

  private static String shown(String progress) {
    StringWriter err = new StringWriter();
    CommandLine command = Main.command(Stop.never()).setErr(new PrintWriter(err));
    AtomicLong nanos = new AtomicLong();
    ShowProgress show = new ShowProgress(Terminal.of(command), nanos::get);
    nanos.set(Duration.ofSeconds(10).toNanos());
    show.accept((ObjectNode) JsonMapper.builder().build().readTree(progress));
    return err.toString().replace(System.lineSeparator(), "\n");
  }
}
