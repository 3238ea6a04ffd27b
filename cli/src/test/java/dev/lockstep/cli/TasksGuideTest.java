package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.cli.Commands.Outcome;
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

/** The commands of the guide's page on batch tasks, in their order, against a server. */
final class TasksGuideTest {
  private static final Path GUIDE = Path.of("..", "docs", "guide", "batch.md");
  private static final Pattern COMMAND = Pattern.compile("(?m)^    \\$ lockstep (.*)$");
  private static final String TICKET =
      "{\"name\":\"Ticket\",\"label\":{\"en_US\":\"Ticket\"},\"pluralLabel\":{\"en_US\":"
          + "\"Tickets\"},\"status\":{\"code\":0},\"objectFields\":[{\"name\":\"subject\","
          + "\"label\":{\"en_US\":\"S\"},\"businessType\":\"Text\",\"required\":true}]}";
  private static final String ITEMS =
      "[{\"externalReferenceCode\": \"t-1\", \"subject\": \"It does not start\"},"
          + " {\"externalReferenceCode\": \"t-2\"}]";
  private static final String IMPORT =
      "/o/headless-batch-engine/v1.0/import-task/com.liferay.object.rest.dto.v1_0.ObjectEntry"
          + "?taskItemDelegateName=C_Ticket&createStrategy=UPSERT&importStrategy=ON_ERROR_CONTINUE";

  @TempDir private Path folder;

  @Test
  void everyCommandDoesWhatTheGuideSays() throws Exception {
    Commands commands = new Commands(folder);
    Files.writeString(
        folder.resolve("lockstep.yaml"),
        "lockstep: 1\nserver: {address: \"127.0.0.1:0\"}\nhub: {definitions: true}\n");
    String guide = Files.readString(GUIDE);
    List<String> told = new ArrayList<>();
    Matcher matcher = COMMAND.matcher(guide);
    while (matcher.find()) {
      told.add(matcher.group(1));
    }
    assertThat(told).hasSize(5);
    Outcome alone = commands.run("tasks", "list");
    assertThat(alone.code()).isEqualTo(ExitCode.FAILED);
    assertThat(alone.err()).contains("no server runs").contains("lockstep up");

    Process server = commands.start("up", "--json");
    try {
      URI address = address(server);
      assertThat(run(commands, "tasks list").out()).isEqualToIgnoringNewLines("No tasks.");
      send(address, "PUT", definition(), "application/json", TICKET);
      send(address, "POST", IMPORT + "&externalReferenceCode=tickets-1", "application/json", ITEMS);
      Outcome ended = commands.run(told.get(3).split(" "));
      assertThat(ended.code()).as("some items failed").isEqualTo(ExitCode.IN_PART);

      assertThat(words(guide)).contains(words(run(commands, told.get(0)).out()));
      assertThat(words(guide)).contains(words(run(commands, told.get(1)).out()));
      assertThat(words(guide)).contains(words(run(commands, told.get(2)).out()));
      commands.run(told.get(3).split(" "));

      // The second waits for the first, as both are of one kind.
      for (int task = 0; task < 2; task++) {
        send(address, "POST", IMPORT, "application/x-ndjson", lines(task == 0 ? 60_000 : 1));
      }
      assertThat(words(guide)).contains(words(run(commands, told.get(4)).out()));
      assertThat(commands.run(told.get(4).split(" ")).err()).contains("task 70003 is over");
      assertThat(run(commands, "tasks list --state failed --json").json().path("items")).hasSize(1);
      assertThat(run(commands, "tasks show 70002 --follow").out()).contains("60,000 created");
      assertThat(run(commands, "tasks list --limit 1").out())
          .contains("More follow: --after 70003");
      assertThat(commands.run("tasks", "show", "1").err()).contains("there is no task 1");
      assertThat(commands.run("tasks", "list", "--limit", "0").code())
          .isEqualTo(ExitCode.WRONG_USE);
    } finally {
      server.destroy();
      server.waitFor();
    }
  }

  private static String definition() {
    return "/o/object-admin/v1.0/object-definitions/by-external-reference-code/TICKET";
  }

  private static String lines(int count) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      lines.append("{\"subject\": \"").append(i).append("\"}\n");
    }
    return lines.toString();
  }

  /** But for moments and rates, which are those of another day, and how wide they are. */
  private static String words(String text) {
    return text.replaceAll("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d", "MOMENT")
        .replaceAll("[\\d,]+/s", "RATE")
        .replaceAll(" +", " ")
        .replaceAll("(?m)^ | $", "")
        .strip();
  }

  private static Outcome run(Commands commands, String line) {
    Outcome outcome = commands.run(line.split(" "));
    assertThat(outcome.code()).as(line + "\n" + outcome.out() + outcome.err()).isZero();
    return outcome;
  }

  private static URI address(Process server) throws Exception {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
    return URI.create(
        JsonMapper.builder()
            .build()
            .readTree(Objects.requireNonNull(lines.readLine()))
            .get("address")
            .stringValue());
  }

  private static void send(URI address, String method, String path, String type, String body)
      throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(address.resolve(path))
              .header("Content-Type", type)
              .method(method, BodyPublishers.ofString(body))
              .build();
      var answer = client.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 202);
    }
  }
}
