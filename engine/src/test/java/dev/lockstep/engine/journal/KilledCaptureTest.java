package dev.lockstep.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Position;
import dev.lockstep.store.SqliteStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledCaptureTest {
  private static final int ROUNDS = 5;

  @TempDir Path folder;

  @Test
  void positionAndChangesAgreeAfterEveryKill() throws Exception {
    long acknowledged = 0;
    for (int round = 1; round <= ROUNDS; round++) {
      acknowledged = Math.max(acknowledged, lastAcknowledgedOfAKilledChild(60 * round));
      try (SqliteStore store =
          SqliteStore.open(folder.resolve("store.db"), List.of(Journal.migration()))) {
        Journal journal = new Journal(store);
        long head = journal.head("numbers");
        assertThat(head).isGreaterThanOrEqualTo(acknowledged);
        assertThat(journal.position("numbers")).contains(new Position(Long.toString(head)));
        assertThat(journal.total("numbers", new DatasetId("n"))).isEqualTo(head);
        assertThat(readAll(journal)).isEqualTo(head);
      }
    }
    assertThat(acknowledged).isGreaterThan(1000);
  }

  /**
   * Every number once and in order: a capture that resumed at its position missed and doubled none.
   */
  private static long readAll(Journal journal) throws InterruptedException {
    long at = 0;
    for (List<JournalBatch> page = journal.read("numbers", at, 500, 1 << 20);
        !page.isEmpty();
        page = journal.read("numbers", at, 500, 1 << 20)) {
      for (JournalBatch batch : page) {
        for (Change change : batch.changes()) {
          at++;
          assertThat(((Change.Deleted) change).key().parts()).isEqualTo(List.of(at));
        }
      }
    }
    return at;
  }

  private long lastAcknowledgedOfAKilledChild(int appends) throws IOException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                AppendingChild.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long last = 0;
    try (BufferedReader output = child.inputReader(StandardCharsets.UTF_8)) {
      for (int i = 0; i < appends; i++) {
        String line = output.readLine();
        if (line == null) {
          throw new IOException("the child ended");
        }
        last = Long.parseLong(line);
      }
    } finally {
      child.toHandle().destroyForcibly();
      CompletableFuture<Process> end = child.onExit();
      end.join();
    }
    return last;
  }
}
