package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The demo as its user starts it, in a process with children of its own. */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
final class DemoTest {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  @TempDir private Path temporary;

  @Test
  void everyStoryComesTrue() throws IOException, InterruptedException {
    Path folder = temporary.resolve("demo");
    Process demo = start(folder.toString(), "--seconds", "30", "--json");
    List<JsonNode> events = new ArrayList<>();
    try (BufferedReader lines = demo.inputReader()) {
      lines.lines().map(MAPPER::readTree).forEach(events::add);
    }

    assertThat(demo.waitFor()).as(events::toString).isZero();
    assertThat(number(events, "distributors", "verified", "records")).isPositive();
    assertThat(number(events, "distributors", "ordered", "writes")).isGreaterThanOrEqualTo(3);
    assertThat(number(events, "tickets", "verified", "records")).isGreaterThanOrEqualTo(3);
    assertThat(count(events, "distributors", "healed")).isOne();
    assertThat(count(events, "tickets", "replayed")).isOne();
    assertThat(number(events, "balances", "equal", "rows")).isGreaterThanOrEqualTo(15_000);
    assertThat(number(events, "demo", "balanced", "captured")).isGreaterThan(15_000);
    assertThat(folder.resolve("lockstep.yaml")).exists();
  }

  @Test
  void nothingRunsOnWhenItIsKilled() throws IOException, InterruptedException {
    Process demo = start(temporary.resolve("demo").toString(), "--json");
    try (BufferedReader lines = demo.inputReader()) {
      String line = lines.readLine();
      while (line != null && !line.contains("\"event\":\"ready\"")) {
        line = lines.readLine();
      }
      List<ProcessHandle> children = demo.descendants().toList();
      assertThat(children).hasSize(5);

      demo.destroyForcibly().waitFor();

      children.stream().map(ProcessHandle::onExit).forEach(CompletableFuture::join);
      assertThat(children).noneMatch(ProcessHandle::isAlive);
    } finally {
      demo.destroyForcibly();
    }
  }

  @Test
  void leavesAFolderThatIsNotItsOwnAlone() throws IOException, InterruptedException {
    Path mine = Files.writeString(temporary.resolve("lockstep.yaml"), "mine\n");

    Process demo = start(temporary.toString(), "--seconds", "30");

    assertThat(demo.inputReader().lines()).noneMatch(line -> line.contains("All run"));
    assertThat(demo.waitFor()).isEqualTo(ExitCode.FAILED);
    assertThat(mine).hasContent("mine\n");
    assertThat(temporary.toFile().list()).containsExactly("lockstep.yaml");
  }

  private static Process start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "demo"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
  }

  private static List<JsonNode> of(List<JsonNode> events, String story, String event) {
    return events.stream()
        .filter(it -> it.path("story").asString().equals(story))
        .filter(it -> it.path("event").asString().equals(event))
        .toList();
  }

  private static int count(List<JsonNode> events, String story, String event) {
    return of(events, story, event).size();
  }

  /** A fact of the latest event of its kind; 0 when there is none. */
  private static long number(List<JsonNode> events, String story, String event, String fact) {
    List<JsonNode> found = of(events, story, event);
    return found.isEmpty() ? 0 : found.getLast().required(fact).longValue();
  }
}
