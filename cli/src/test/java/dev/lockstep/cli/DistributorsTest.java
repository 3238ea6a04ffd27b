package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What examples/distributors promises its user, between the processes that the user starts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class DistributorsTest {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** What the example's lockstep.yaml promises. */
  private static final Duration FRESHNESS = Duration.ofSeconds(5);

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Process> processes = new ArrayList<>();
  private Path folder = Path.of("");
  private String hub = "";

  @BeforeAll
  void start(@TempDir Path temporary) throws IOException {
    folder = temporary.resolve("demo");
    line(start("demo", "--systems-only", folder.toString(), "--json"), "\"event\":\"ready\"");
    JsonNode ready = line(start("up", folder.toString(), "--json"), "\"address\"");
    hub = ready.required("address").stringValue() + "/api/hub/v1/distributors";
  }

  @AfterAll
  void stop() throws InterruptedException {
    http.close();
    for (Process process : processes.reversed()) {
      process.destroy();
      process.waitFor();
    }
  }

  @Test
  void whatChangesInTheHubIsInTheCrmWithinItsFreshness() throws Exception {
    while (!sync("verified-distributors").required("state").stringValue().equals("ready")) {
      Thread.sleep(20);
    }
    send(
        "POST", "", "{'externalReferenceCode':'d-7','businessName':'Ink','email':'A@Ink.example'}");
    send("PATCH", entry("d-7"), "{'status':'verified'}");
    JsonNode account = fresh("d-7", it -> it.statusCode() == 200);
    assertThat(account.required("name").stringValue()).isEqualTo("Ink");
    assertThat(account.required("email").stringValue()).isEqualTo("a@ink.example");

    send("PATCH", entry("d-7"), "{'creditLimit':2500.25}");
    fresh("d-7", it -> it.body().contains("2500.25"));

    send("DELETE", entry("d-7"), "");
    fresh("d-7", it -> it.statusCode() == 404);

    send(
        "POST", "", "{'externalReferenceCode':'d-8','businessName':'Nib','email':'b@nib.example'}");
    assertThat(account("d-8").statusCode()).as("not verified").isEqualTo(404);
    assertThat(settled("verified-distributors").required("captured").longValue()).isEqualTo(5);
  }

  @Test
  void afterEachNightTheReportsEqualTheBooksRowByRow() throws Exception {
    assertThat(command("run", "balances").required("state").stringValue()).isEqualTo("done");
    assertThat(reports()).hasSize(15_000).isEqualTo(books());

    try (Connection finance = open("finance");
        Statement statement = finance.createStatement()) {
      statement.executeUpdate(
          "UPDATE \"customers\" SET \"acctbal\" = \"acctbal\" + 1.01 WHERE \"custkey\" <= 40");
      statement.executeUpdate("DELETE FROM \"customers\" WHERE \"custkey\" BETWEEN 501 AND 503");
    }
    assertThat(command("run", "balances").required("state").stringValue()).isEqualTo("done");
    assertThat(reports()).hasSize(14_997).isEqualTo(books());
    assertThat(settled("balances").required("applied").longValue()).isEqualTo(15_043);
  }

  /** The sync's counts once nothing waits; they add up. */
  private JsonNode settled(String sync) throws Exception {
    JsonNode counts = counts(sync);
    while (counts.required("waiting").longValue() > 0) {
      Thread.sleep(20);
      counts = counts(sync);
    }
    return counts;
  }

  private JsonNode counts(String sync) {
    JsonNode counts = sync(sync).required("counts");
    long sum = 0;
    for (String part :
        List.of("applied", "unchanged", "superseded", "filtered", "dead", "waiting")) {
      sum += counts.required(part).longValue();
    }
    assertThat(sum).as(counts.toString()).isEqualTo(counts.required("captured").longValue());
    return counts;
  }

  private JsonNode sync(String name) {
    for (JsonNode sync : command("status").required("syncs")) {
      if (sync.required("name").stringValue().equals(name)) {
        return sync;
      }
    }
    throw new AssertionError("no sync " + name);
  }

  private JsonNode command(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--json", "-C", folder.toString()));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = Main.command(Stop.never());
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    assertThat(command.execute(all.toArray(String[]::new))).as(err::toString).isZero();
    return MAPPER.readTree(out.toString());
  }

  private static String entry(String code) {
    return "/by-external-reference-code/" + code;
  }

  private void send(String method, String path, String json) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(hub + path))
            .method(method, BodyPublishers.ofString(json.replace('\'', '"')))
            .header("Content-Type", "application/json")
            .build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 204);
  }

  /** The account in the CRM as it was expected, which took no longer than was promised. */
  private JsonNode fresh(String code, Predicate<HttpResponse<String>> expected) throws Exception {
    Instant until = Instant.now().plus(FRESHNESS);
    HttpResponse<String> answer = account(code);
    while (!expected.test(answer) && Instant.now().isBefore(until)) {
      Thread.sleep(5);
      answer = account(code);
    }
    assertThat(expected.test(answer)).as(answer.statusCode() + " " + answer.body()).isTrue();
    return MAPPER.readTree(answer.body());
  }

  private HttpResponse<String> account(String code) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port("crm") + "/accounts/" + code))
            .header("X-Api-Key", Files.readString(folder.resolve("secrets/crm.key")).strip())
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  private int port(String system) throws IOException {
    String ports = Files.readString(folder.resolve("systems.json"));
    return MAPPER.readTree(ports).required(system).intValue();
  }

  private List<String> books() throws Exception {
    return rows("finance", "\"custkey\", \"name\", \"mktsegment\", \"acctbal\" FROM \"customers\"");
  }

  private List<String> reports() throws Exception {
    return rows(
        "reports", "\"customer\", \"name\", \"segment\", \"balance\" FROM \"account_balances\"");
  }

  private List<String> rows(String database, String what) throws Exception {
    List<String> rows = new ArrayList<>();
    try (Connection connection = open(database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT " + what + " ORDER BY 1")) {
      while (row.next()) {
        rows.add(
            String.join(
                "|", row.getString(1), row.getString(2), row.getString(3), row.getString(4)));
      }
    }
    return rows;
  }

  private Connection open(String database) throws IOException, SQLException {
    return DriverManager.getConnection(
        "jdbc:h2:tcp://127.0.0.1:" + port(database) + "/./" + database,
        database,
        Files.readString(folder.resolve("secrets/" + database + ".password")).strip());
  }

  private Process start(String... arguments) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(
        List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
    line.addAll(List.of("--sun-misc-unsafe-memory-access=allow", "-XX:+UseSerialGC"));
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    line.addAll(List.of(arguments));
    Process process = new ProcessBuilder(line).redirectError(Redirect.INHERIT).start();
    processes.add(process);
    return process;
  }

  /** Reads what a process prints up to the line it is ready with. */
  private static JsonNode line(Process process, String part) throws IOException {
    BufferedReader lines = process.inputReader();
    String line = lines.readLine();
    while (line != null && !line.contains(part)) {
      line = lines.readLine();
    }
    return MAPPER.readTree(Objects.requireNonNull(line, "it ended before it was ready"));
  }
}
