package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What examples/two-liferays promises its user, with the commands of its README word for word,
 * between processes that are killed.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class TwoLiferaysTest {
  @TempDir private Path folder;

  @Test
  void theyAreKeptEqualAndAConflictIsDecidedLoggedAndReversed() throws Exception {
    try (ExampleFolder example = new ExampleFolder("two-liferays", 7091, 3, folder)) {
      for (String name : new String[] {"one", "two", "between"}) {
        example.start(name, "up", name);
      }
      assertThat(example.readme("Start", 1)).contains("tickets: deployed");
      assertThat(example.readme("Equal", 0))
          .contains("1 only in from, 1 only in to")
          .contains("both ends are made equal");
      until(example, "Equal", 1, "\"subject\":\"No invoice came in May\"", 2);
      String both = example.readme("Equal", 1);
      assertThat(both.split("\"The portal is slow\"", -1)).as(both).hasSize(3);

      example.kill("between");
      assertThat(example.readme("Both at once", 0)).contains("Monday").contains("in the morning");
      example.start("between", "up", "between");
      until(example, "Both at once", 1, "\"subject\":\"The portal is slow in the morning\"", 1);
      assertThat(example.readme("Both at once", 1)).contains("since Monday");
      assertThat(example.readme("Both at once", 2)).contains("reversed").contains("since Monday");
      assertThat(example.shell(ticket(example, 0))).contains("since Monday");

      example.kill("one");
      String edit =
          ticket(example, 1)
              + " -X PATCH -H 'Content-Type: application/json' -d '{\"subject\": \"Solved\"}'";
      assertThat(example.shell(edit)).contains("Solved");
      example.start("one", "up", "one");
      while (!example.shell(ticket(example, 0)).contains("Solved")) {
        Thread.sleep(100);
      }
    }
  }

  private static String ticket(ExampleFolder example, int portal) {
    return "curl -sS http://127.0.0.1:%d/o/c/tickets/by-external-reference-code/T-1"
        .formatted(example.port(portal));
  }

  /** Runs a block until what it prints has a text at least so many times. */
  private static void until(
      ExampleFolder example, String heading, int block, String text, int times) throws Exception {
    while (example.readme(heading, block).split(text, -1).length <= times) {
      Thread.sleep(100);
    }
  }
}
