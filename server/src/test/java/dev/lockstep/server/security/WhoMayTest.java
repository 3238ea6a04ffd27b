package dev.lockstep.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what: every caller makes every request of {@code who-may.txt} over HTTP. */
final class WhoMayTest {
  private static final int ROWS = 53;

  @TempDir private Path folder;

  @Test
  void everyCallerIsAnsweredAsTheTableSays() throws Exception {
    List<String> lines = table();
    List<String> names = List.of(lines.getFirst().strip().split("\\s+"));
    List<String> wrong = new ArrayList<>();
    int asked = 0;
    try (Company company = Company.open(folder)) {
      assertThat(names).containsExactlyElementsOf(Company.CALLERS);
      long anton = company.ticket("anton", "{'subject':'of Anton','size':1}");
      company.ticket("clara", "{'subject':'of Clara','externalReferenceCode':'C1','size':2}");
      for (String line : lines.subList(1, lines.size())) {
        String[] parts = line.split("\\|", 2);
        String[] statuses = parts[1].strip().split("\\s+");
        assertThat(statuses).as(line).hasSameSizeAs(names);
        StringBuilder got = new StringBuilder();
        for (int i = 0; i < statuses.length; i++) {
          int status = status(company, names.get(i), parts[0], anton);
          asked++;
          got.append(status).append(status == Integer.parseInt(statuses[i]) ? " " : "! ");
        }
        if (got.indexOf("!") >= 0) {
          wrong.add(parts[0] + "| " + got);
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(asked).isEqualTo(ROWS * names.size());
  }

  private static int status(Company company, String caller, String request, long anton)
      throws Exception {
    String filled = request.strip().replace("{anton}", "" + anton);
    if (filled.contains("{fresh}")) {
      filled = filled.replace("{fresh}", "" + company.ticket("anton", "{'subject':'fresh'}"));
    }
    if (filled.contains("{new}")) {
      filled = filled.replace("{new}", "N" + System.nanoTime());
    }
    if (filled.contains("{Ticket}")) {
      filled = filled.replace("{Ticket}", "" + company.definition("Ticket"));
    }
    String[] words = filled.split(" ", 3);
    return company.as(caller, words[0], words[1], words.length > 2 ? words[2] : "").status();
  }

  private static List<String> table() throws Exception {
    try (InputStream in =
        Objects.requireNonNull(WhoMayTest.class.getResourceAsStream("who-may.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    }
  }
}
