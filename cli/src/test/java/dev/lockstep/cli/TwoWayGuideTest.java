package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.cli.Commands.Outcome;
import dev.lockstep.testkit.Await;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The commands of the guide's page on two-way syncs, in their order, between two objects. */
final class TwoWayGuideTest {
  private static final Path GUIDE = Path.of("..", "docs", "guide", "two-way.md");
  private static final Pattern COMMAND = Pattern.compile("(?m)^    \\$ lockstep (.*)$");
  private static final Pattern CONFIRM = Pattern.compile("`lockstep (first tickets --confirm)`");
  private static final String CONFIGURATION =
      """
      lockstep: 1
      server: {address: "127.0.0.1:0"}
      hub:
        objects:
          tickets: {fields: {title: text, state: text}}
          issues: {fields: {subject: text, state: text}}
      syncs:
        tickets:
          from: hub.tickets
          to: hub.issues
          direction: both
          map:
            externalReferenceCode: record.externalReferenceCode
            subject: record.title
            state: record.state
          conflicts: {policy: hold}
      """;

  @TempDir private Path folder;

  @Test
  void everyCommandDoesWhatTheGuideSays() throws Exception {
    Commands commands = new Commands(folder);
    Files.writeString(folder.resolve("lockstep.yaml"), CONFIGURATION);
    String guide = Files.readString(GUIDE);
    List<String> told = new ArrayList<>();
    Matcher matcher = COMMAND.matcher(guide);
    while (matcher.find()) {
      told.add(matcher.group(1));
    }
    assertThat(told).hasSize(5);
    assertThat(CONFIRM.matcher(guide).find()).isTrue();
    Process server = commands.start("up", "--json");
    try {
      String address = address(server);
      for (String id : List.of("1", "2", "3")) {
        put(address, "tickets", id, "{\"title\": \"" + (id.equals("2") ? "two" : id) + "\"}");
      }
      for (String id : List.of("1", "2", "4")) {
        put(address, "issues", id, "{\"subject\": \"" + id + "\"}");
      }
      Outcome first = run(commands, told.get(0));
      assertThat(guide).contains(first.out().strip().lines().toList().getFirst());
      // Records differ, so it asks what to do about them.
      assertThat(commands.run("first", "tickets", "--confirm").code())
          .isEqualTo(ExitCode.WRONG_USE);
      run(commands, "first tickets --confirm --different hold");
      Await.until(
          () -> commands.run("status").out(),
          () -> run(commands, told.get(1)).out().contains("held"));
      assertThat(run(commands, told.get(2)).out()).contains("two");
      assertThat(page(address, "GET", "/conflicts?state=held")).contains("href=\"/conflicts/1\"");
      assertThat(page(address, "GET", "/conflicts/1"))
          .contains("hub.tickets", "hub.issues", "<td>two</td>", "Decide");
      assertThat(page(address, "GET", "/")).contains("<a href=\"/conflicts\">");
      assertThat(run(commands, told.get(3)).out()).contains("resolved");
      assertThat(get(address, "issues", "2")).contains("\"subject\":\"two\"");
      assertThat(run(commands, told.get(4)).out()).contains("reversed");
      assertThat(get(address, "tickets", "2")).contains("\"title\":\"2\"");
      Await.until(
          () -> commands.run("status").out(),
          () -> run(commands, "status").out().contains("2 conflicts, 0 held for a person"));
      assertThat(page(address, "POST", "/conflicts/1/take/from")).contains("as a new edit");
      assertThat(get(address, "issues", "2")).contains("\"subject\":\"two\"");
      assertThat(get(address, "tickets", "4")).contains("\"title\":\"4\"");
    } finally {
      server.destroy();
      server.waitFor();
    }
    assertThat(run(commands, told.get(1)).out()).contains("a person reversed conflict 1");
  }

  private static Outcome run(Commands commands, String line) {
    Outcome outcome = commands.run(line.split(" "));
    assertThat(outcome.code()).as(line + "\n" + outcome.out() + outcome.err()).isZero();
    return outcome;
  }

  private static String address(Process server) throws Exception {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
    return JsonMapper.builder()
        .build()
        .readTree(Objects.requireNonNull(lines.readLine()))
        .get("address")
        .stringValue();
  }

  private static URI entry(String address, String object, String id) {
    return URI.create(address)
        .resolve("/api/hub/v1/" + object + "/by-external-reference-code/" + id);
  }

  private static void put(String address, String object, String id, String body) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(entry(address, object, id))
              .header("content-type", "application/json")
              .PUT(BodyPublishers.ofString(body))
              .build();
      assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(201);
    }
  }

  private static String page(String address, String method, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(address).resolve(path))
              .header("Content-Type", "application/json")
              .method(method, BodyPublishers.noBody())
              .build();
      return client.send(request, BodyHandlers.ofString()).body();
    }
  }

  private static String get(String address, String object, String id) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(entry(address, object, id)).build();
      return client.send(request, BodyHandlers.ofString()).body();
    }
  }
}
