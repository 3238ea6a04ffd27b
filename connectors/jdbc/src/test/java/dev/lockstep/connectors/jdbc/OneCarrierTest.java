package dev.lockstep.connectors.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine with one processor, so that virtual threads have one carrier. */
class OneCarrierTest {
  @TempDir private Path folder;

  @Test
  void threadsThatShareAConnectionEndWhenTheyAreInterrupted() throws Exception {
    Process child =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-Djdk.virtualThreadScheduler.parallelism=1",
                "-Djdk.virtualThreadScheduler.maxPoolSize=1",
                "-cp",
                System.getProperty("java.class.path"),
                InterruptedCrowd.class.getName(),
                folder.resolve("crowd.db").toString())
            .redirectErrorStream(true)
            .start();
    try {
      String told = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(child.waitFor()).as(told).isZero();
    } finally {
      child.destroyForcibly().waitFor();
    }
  }
}
