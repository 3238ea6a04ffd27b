package dev.lockstep.hub.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.hub.Entry;
import dev.lockstep.hub.HubStores;
import dev.lockstep.hub.ObjectField;
import dev.lockstep.store.Store;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL while a published definition is changed and its entries are written: documents and tables
 * agree, and nothing that was acknowledged is lost.
 */
class KilledDefinitionsTest {

  @TempDir Path folder;

  /** How often; more by {@code -Dlockstep.test.kills=50}. */
  int kills() {
    return Integer.getInteger("lockstep.test.kills", 3);
  }

  @Test
  void documentsTablesAndEntriesAgreeAfterEveryKill() throws Exception {
    Random random = new Random(7);
    Set<String> acknowledged = new HashSet<>();
    for (int run = 1; run <= kills(); run++) {
      List<String> lines = runAndKill(folder, run, 20 + random.nextInt(200));
      assertThat(lines).as("acknowledged in run " + run).hasSizeGreaterThan(10);
      acknowledged.addAll(lines);
      agrees(folder, acknowledged, run);
    }
  }

  private static List<String> runAndKill(Path folder, int run, int after)
      throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                KilledDefiner.class.getName(),
                folder.toString(),
                Integer.toString(run))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader = child.inputReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
        if (lines.size() == after) {
          // By its handle: the process itself would close what was printed and not yet read.
          child.toHandle().destroyForcibly();
        }
      }
    } finally {
      child.destroyForcibly().waitFor();
    }
    // The last line may have been cut.
    lines.removeLast();
    return lines;
  }

  private static void agrees(Path folder, Set<String> acknowledged, int run) throws Exception {
    try (Store store = HubStores.open(folder)) {
      Definitions definitions = KilledDefiner.open(store);
      Definition ticket = definitions.model().byName("Ticket").orElseThrow();
      List<String> declared = ticket.ownFields().stream().map(DefinedField::name).toList();
      List<String> kept =
          definitions.hub().object(KilledDefiner.OBJECT).fields().stream()
              .map(ObjectField::name)
              .filter(name -> !List.of("status", "creator").contains(name))
              .toList();
      assertThat(kept).isEqualTo(declared).doesNotHaveDuplicates();
      List<Entry> entries = definitions.hub().select(KilledDefiner.OBJECT, "id > 0");
      Set<String> there = new HashSet<>();
      Set<Object> numbers = new HashSet<>();
      for (Entry entry : entries) {
        there.add("entry " + entry.externalReferenceCode());
        numbers.add(String.valueOf(entry.values().get("number")));
      }
      declared.forEach(name -> there.add("field " + name));
      ticket
          .ownFields()
          .forEach(
              field -> there.add("retyped " + field.name() + " " + field.businessType().dbType()));
      // Not containsAll, which looks for each of so many among all.
      Set<String> lost = new HashSet<>(acknowledged);
      lost.removeAll(there);
      assertThat(lost).isEmpty();
      assertThat(numbers).as("every number was given once").hasSameSizeAs(entries);
      // What was in flight at the kill may be there unacknowledged: one entry for each thread.
      long told = acknowledged.stream().filter(line -> line.startsWith("entry")).count();
      assertThat(entries.size() - told).isBetween(0L, (KilledDefiner.THREADS + 1L) * run);
    }
  }
}
