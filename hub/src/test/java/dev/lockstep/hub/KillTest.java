package dev.lockstep.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Invariants 1 and 4: after SIGKILL every acknowledged change has its entry and its event, and vice
 * versa.
 */
class KillTest {

  private static final int ACKNOWLEDGED = 400;

  @TempDir Path folder;

  private List<String> runAndKill(Path folder, int seed) throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                KilledWriter.class.getName(),
                folder.toString(),
                Integer.toString(seed))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> acknowledged = new ArrayList<>();
    try (BufferedReader lines = child.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        acknowledged.add(line);
        if (acknowledged.size() == ACKNOWLEDGED + seed) {
          // By its handle: the process itself would close what was printed and not yet read.
          child.toHandle().destroyForcibly();
        }
      }
    } finally {
      child.destroyForcibly().waitFor();
    }
    if (!acknowledged.isEmpty() && acknowledged.getLast().split(" ").length != 3) {
      acknowledged.removeLast();
    }
    return acknowledged;
  }

  /** How often; more by {@code -Dlockstep.test.kills=50}. */
  int kills() {
    return Integer.getInteger("lockstep.test.kills", 3);
  }

  @Test
  void everyAcknowledgedChangeHasItsEntryAndItsEvent() throws Exception {
    Set<String> acknowledged = new HashSet<>();
    for (int run = 1; run <= kills(); run++) {
      List<String> lines = runAndKill(folder, run);
      assertThat(lines).as("acknowledged in run " + run).hasSizeGreaterThanOrEqualTo(ACKNOWLEDGED);
      acknowledged.addAll(lines);
      isConsistent(folder, acknowledged, run);
    }
  }

  private static void isConsistent(Path folder, Set<String> acknowledged, int run)
      throws InterruptedException {
    try (HubFixture fixture = new HubFixture(folder, HubFixture.DISTRIBUTORS)) {
      ObjectTable table = fixture.hub().table("distributors");
      List<Event> events =
          fixture.store().read(tx -> EventLog.read(tx, 0, 1_000_000, object -> true));
      Map<String, Entry> told = new HashMap<>();
      Set<String> happened = new HashSet<>();
      for (Event event : events) {
        boolean gone = event.operation() == Event.Operation.DELETE;
        happened.add(event.code() + " " + event.version() + " " + (gone ? "gone" : "there"));
        Entry before = told.remove(event.code());
        assertThat(before).isEqualTo(image(table, event.before()));
        if (!gone) {
          told.put(event.code(), image(table, event.after()));
        }
      }
      // Not containsAll, which looks for each of so many among all.
      Set<String> lost = new HashSet<>(acknowledged);
      lost.removeAll(happened);
      assertThat(lost).isEmpty();
      assertThat(events.size()).isEqualTo((int) fixture.events());
      assertThat(events).extracting(Event::seq).doesNotHaveDuplicates();
      List<Entry> kept = fixture.hub().list("distributors", EntryQuery.page(0, 100_000)).entries();
      assertThat(kept).containsExactlyInAnyOrderElementsOf(told.values());
      // What was in flight at the kill may be there unacknowledged: one change for each thread.
      assertThat(events.size() - run * KilledWriter.THREADS)
          .isLessThanOrEqualTo(count(acknowledged, events));
    }
  }

  private static int count(Set<String> acknowledged, List<Event> events) {
    return (int)
        events.stream()
            .filter(event ->
                acknowledged.contains(
                    event.code()
                        + " "
                        + event.version()
                        + " "
                        + (event.operation() == Event.Operation.DELETE ? "gone" : "there")))
            .count();
  }

  private static @org.jspecify.annotations.Nullable Entry image(
      ObjectTable table, byte @org.jspecify.annotations.Nullable [] bytes) {
    return bytes == null ? null : EntryJson.entry(table, bytes);
  }
}
