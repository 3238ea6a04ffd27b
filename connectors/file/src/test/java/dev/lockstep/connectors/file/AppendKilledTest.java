package dev.lockstep.connectors.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Invariant 2: a process killed while it appends leaves every record once, in order, none half. */
final class AppendKilledTest {
  private static final int KILLS = 6;

  @TempDir Path folder;

  @Test
  void appendsExactlyOnceAcrossKills() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int told = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      told = Math.max(told, runAndKill(random));
    }
    int committed;
    try (Opened opened = AppendingChild.open(folder)) {
      committed =
          opened
              .connection()
              .writer()
              .orElseThrow()
              .ledger(AppendingChild.DATASET, AppendingChild.OWNER)
              .map(Integer::parseInt)
              .orElseThrow();
    }
    assertThat(committed).as("seed %d", seed).isGreaterThanOrEqualTo(told);
    List<String> lines = Files.readAllLines(folder.resolve("out.csv"), UTF_8);
    int rows = (committed + 1) * AppendingChild.ROWS;
    assertThat(lines.subList(1, lines.size()))
        .as("seed %d", seed)
        .containsExactlyElementsOf(IntStream.range(0, rows).mapToObj(Integer::toString).toList());
  }

  /** Answers the number of the last batch that the child called committed. */
  private int runAndKill(Random random) throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                AppendingChild.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    int last = -1;
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(child.getInputStream(), UTF_8))) {
      for (int heard = 1 + random.nextInt(20); heard > 0; heard--) {
        String line = out.readLine();
        assertThat(line).as("what the child says").matches("\\d+");
        last = Integer.parseInt(line);
      }
      // Anywhere within an append, not only right after one.
      LockSupport.parkNanos(random.nextLong(3_000_000));
      child.destroyForcibly();
    }
    child.waitFor();
    return last;
  }
}
