package dev.lockstep.server.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * SIGKILL while an archive is deployed: the next start goes on where it was. Its entries have no
 * codes, so each that were written twice would be one too many.
 */
class KilledDeploymentTest {
  private static final int FILES = 4;
  private static final int ENTRIES = 400;

  @TempDir private Path root;

  /** How many are killed; more by {@code -Dlockstep.test.kills=50}. */
  private static int kills() {
    return Integer.getInteger("lockstep.test.kills", 1);
  }

  @Test
  void everyFileIsCarriedOutOnce() throws Exception {
    Random random = new Random(7);
    int cut = 0;
    int killed = 0;
    // On a busy machine one may be done before it is killed; then another is.
    for (int round = 0; killed < kills() || cut == 0; round++) {
      Path folder = Files.createDirectory(root.resolve("round-" + round));
      Path archive = archive().in(folder.resolve("tickets.zip"));
      int times = Math.min(1 + random.nextInt(3), Math.max(1, kills() - killed));
      for (int i = 0; i < times; i++) {
        int millis = cut == 0 ? 5 : 5 + random.nextInt(400);
        cut += runAndKill(folder, archive, millis) ? 1 : 0;
        killed++;
      }
      try (Served served = Served.open(folder)) {
        JsonNode listed = served.get("/api/v1/deployments?all=true").json().path("items");
        assertThat(listed).hasSize(1);
        JsonNode ended = served.ended(listed.path(0).path("id").longValue());
        assertThat(ended.path("state").stringValue()).as(ended.toString()).isEqualTo("done");
        JsonNode entries = served.get("/o/c/tickets?pageSize=1").json();
        assertThat(entries.path("totalCount").intValue()).isEqualTo(FILES * ENTRIES);
        for (JsonNode task :
            served.get("/o/headless-batch-engine/v1.0/import-task").json().path("items")) {
          assertThat(task.path("executeStatus").stringValue()).isEqualTo("COMPLETED");
        }
        assertThat(served.get("/o/headless-batch-engine/v1.0/import-task").json().path("items"))
            .hasSize(FILES + 1);
      }
    }
  }

  private static Zip archive() {
    Zip zip = Zip.of("tickets").tickets("1");
    for (int file = 2; file <= FILES + 1; file++) {
      StringBuilder items = new StringBuilder();
      for (int i = 0; i < ENTRIES; i++) {
        items.append(i == 0 ? "" : ",").append("{'subject':'").append(file + "-" + i).append("'}");
      }
      zip.inserts(Integer.toString(file), "Ticket", items.toString());
    }
    return zip;
  }

  /** Whether it was killed before it was done. */
  private boolean runAndKill(Path folder, Path archive, int millis) throws Exception {
    Process child =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KilledDeployer.class.getName(),
                folder.toString(),
                archive.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader reader = child.inputReader()) {
      assertThat(reader.readLine()).isEqualTo("taken");
      if (!child.waitFor(millis, TimeUnit.MILLISECONDS)) {
        child.toHandle().destroyForcibly();
      }
      return reader.readLine() == null;
    } finally {
      child.destroyForcibly().waitFor();
    }
  }
}
