package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.testkit.servers.FreePort;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What examples/liferay-distributors promises its user, with the commands of its README word for
 * word, between processes that are killed.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class LiferayDistributorsTest {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Path EXAMPLE = Path.of("..", "examples", "liferay-distributors");
  private static final int OTHERS = 20;

  /** How long the CRM is away; the README has a minute. */
  private static final long AWAY_SECONDS = Long.getLong("lockstep.test.away.seconds", 3);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, Process> processes = new HashMap<>();
  private final Map<String, Integer> ports = new HashMap<>();
  @TempDir private Path folder;

  @BeforeEach
  void copyAndStart() throws Exception {
    List<String> names = List.of("lockstep", "crm", "desk", "finance", "reports");
    names.forEach(name -> ports.put(name, FreePort.take()));
    try (Stream<Path> files = Files.walk(EXAMPLE)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = folder.resolve(EXAMPLE.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.writeString(copy, onOwnPorts(Files.readString(file), names));
      }
    }
    assertThat(folder.resolve("deploy.sh").toFile().setExecutable(true)).isTrue();
    start("desk", "demo", "--systems-only", "--system", "desk", ".", "--json");
    start("crm", "demo", "--systems-only", "--system", "crm", ".", "--json");
    start("lockstep", "up", ".", "--json");
    assertThat(shell("./deploy.sh")).hasSize(10);
  }

  private String onOwnPorts(String text, List<String> names) {
    String own = text;
    for (int i = 0; i < names.size(); i++) {
      own = own.replace(Integer.toString(7080 + i), Integer.toString(port(names.get(i))));
    }
    return own;
  }

  private int port(String program) {
    return Objects.requireNonNull(ports.get(program));
  }

  @AfterEach
  void stop() throws InterruptedException {
    http.close();
    for (Process process : processes.values()) {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void everyApprovalOpensOneAccountAndEveryTicketArrivesInItsOrder() throws Exception {
    String refused = String.join("\n", readme("An application", 0));
    assertThat(refused).contains("applicationState cannot pass from 'open' to 'approved'");
    assertThat(String.join("\n", readme("An application", 1))).doesNotContain("BAD_REQUEST");

    kill("crm");
    assertThat(String.join("\n", readme("The CRM is down for a minute", 0)))
        .contains("\"state\":\"waiting\"")
        .doesNotContain("BAD_REQUEST");
    for (int i = 0; i < OTHERS; i++) {
      approve(i);
    }
    kill("lockstep");
    start("lockstep", "up", ".", "--json");
    Thread.sleep(AWAY_SECONDS * 1000);
    start("crm", "demo", "--systems-only", "--system", "crm", ".", "--json");
    List<String> accounts = settled("The CRM is down for a minute", 1, OTHERS + 1);
    assertThat(accounts.getFirst()).contains("Eye Spy Ltd.").contains("32-4953459");
    List<String> opened = written(accounts.getLast(), "");
    assertThat(opened).hasSize(OTHERS + 1).doesNotHaveDuplicates().contains("EYE_SPY", "A-7");

    String ticket = settled("A ticket", 0, 3).getLast();
    assertThat(written(ticket, "state"))
        .containsExactly("T-1 open", "T-1 inProgress", "T-1 answered");
    for (int i = 0; i < OTHERS; i++) {
      ticket(i);
      if (i == OTHERS / 2) {
        kill("lockstep");
        start("lockstep", "up", ".", "--json");
      }
    }
    String desk = "http://127.0.0.1:" + port("desk") + "/history";
    String history =
        "curl -sS -H \"Authorization: Bearer $(cat secrets/desk.token)\" " + desk + "; echo";
    List<String> steps = List.of();
    while (steps.size() < 3 * OTHERS + 3 || waiting() > 0) {
      steps = written(shell(history).getLast(), "state");
    }
    assertThat(steps).hasSize(3 * OTHERS + 3);
    for (int i = 0; i < OTHERS; i++) {
      String code = "H-" + i + " ";
      assertThat(steps.stream().filter(step -> step.startsWith(code)))
          .containsExactly(code + "open", code + "inProgress", code + "closed");
    }
  }

  private void approve(int number) throws Exception {
    String path = "/o/c/distributorapplications";
    send(
        "POST",
        path,
        "{'externalReferenceCode':'A-%d','businessName':'B %d','businessTaxIDNumber':'%d','applicantName':'N','applicantEmailAddress':'a@b.example'}"
            .formatted(number, number, number));
    String own = path + "/by-external-reference-code/A-" + number;
    send("PATCH", own, "{'applicationState':'underReview'}");
    send("PATCH", own, "{'applicationState':'approved'}");
    // What is no approval opens nothing.
    send("PATCH", own, "{'annualPurchaseVolume':'below10k'}");
  }

  private void ticket(int number) throws Exception {
    send(
        "POST",
        "/o/c/tickets",
        "{'externalReferenceCode':'H-%d','subject':'S','queue':'billing'}".formatted(number));
    String own = "/o/c/tickets/by-external-reference-code/H-" + number;
    send("PATCH", own, "{'ticketStatus':'inProgress'}");
    send("PATCH", own, "{'ticketStatus':'closed'}");
  }

  private String send(String method, String path, String json) throws Exception {
    URI address = URI.create("http://127.0.0.1:" + port("lockstep") + path);
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .method(method, BodyPublishers.ofString(json.replace('\'', '"')))
            .header("Content-Type", "application/json")
            .build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private int waiting() throws Exception {
    return MAPPER
        .readTree(send("GET", "/api/v1/actions/deliveries?state=waiting", ""))
        .required("items")
        .size();
  }

  /** The answers of a block once the last of them, a history, has so many writes. */
  private List<String> settled(String heading, int block, int writes) throws Exception {
    List<String> answers = readme(heading, block);
    while (written(answers.getLast(), "").size() < writes || waiting() > 0) {
      Thread.sleep(100);
      answers = readme(heading, block);
    }
    return answers;
  }

  /** The keys of a system's history, each with one property of what was written. */
  private static List<String> written(String history, String property) {
    List<String> written = new ArrayList<>();
    for (JsonNode item : MAPPER.readTree(history).required("items")) {
      written.add((item.required("key").asString() + " " + item.path(property).asString()).strip());
    }
    return written;
  }

  /** Runs the commands of a block below a heading of the README; answers what each printed. */
  private List<String> readme(String heading, int block) throws Exception {
    String text = Files.readString(folder.resolve("README.md"));
    String section = text.split("\n## " + heading + "\n", -1)[1].split("\n## ", -1)[0];
    String commands =
        Stream.of(section.split("\n\n", -1))
            .filter(part -> part.strip().startsWith("curl") || part.strip().startsWith("HOST"))
            .skip(block)
            .findFirst()
            .orElseThrow();
    String host = "http://127.0.0.1:" + port("lockstep");
    return shell(
        "HOST="
            + host
            + "\nAPPLICATION=$HOST/o/c/distributorapplications/by-external-reference-code/EYE_SPY\n"
            + commands.replaceAll("(?m)^ *(curl .*)$", "$1 -sS; echo"));
  }

  private List<String> shell(String script) throws Exception {
    Process process =
        new ProcessBuilder("sh", "-c", script)
            .directory(folder.toFile())
            .redirectError(Redirect.INHERIT)
            .start();
    List<String> lines;
    try (BufferedReader out = process.inputReader()) {
      lines = out.lines().filter(line -> !line.isBlank()).toList();
    }
    assertThat(process.waitFor()).as(String.join("\n", lines)).isZero();
    return lines;
  }

  /** Starts a program of the example, and waits until it says that it is ready. */
  private void start(String name, String... arguments) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(
        List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
    line.addAll(List.of("--sun-misc-unsafe-memory-access=allow", "-XX:+UseSerialGC"));
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    line.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(line).directory(folder.toFile()).redirectError(Redirect.INHERIT).start();
    processes.put(name, process);
    BufferedReader lines = process.inputReader();
    String read = lines.readLine();
    while (read != null && !read.contains("\"event\":\"ready\"") && !read.contains("\"address\"")) {
      read = lines.readLine();
    }
    assertThat(read).as(name).isNotNull();
  }

  /** As kill -9; what it started ends with it. */
  private void kill(String name) throws InterruptedException {
    Process process = Objects.requireNonNull(processes.remove(name));
    List<ProcessHandle> below = process.descendants().toList();
    process.destroyForcibly().waitFor();
    below.forEach(each -> each.onExit().join());
  }
}
