package dev.lockstep.hub.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The guide's curl commands, run in their order: each answers with the status written beside it.
 */
class GuideTest {
  private static final Path GUIDE = Path.of("..", "docs", "guide", "hub.md");
  private static final Pattern COMMAND = Pattern.compile("curl (.*)  # (\\d{3})");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

  @TempDir Path folder;

  private static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(command);
    while (matcher.find()) {
      for (int group = 1; group <= 3; group++) {
        if (matcher.group(group) != null) {
          words.add(matcher.group(group));
        }
      }
    }
    return words;
  }

  private static HttpResponse<String> run(HubServer server, String command) throws Exception {
    String method = "GET";
    String path = "";
    String body = "";
    List<String> headers = new ArrayList<>();
    List<String> words = words(command);
    for (int i = 0; i < words.size(); i++) {
      switch (words.get(i)) {
        case "-X" -> method = words.get(++i);
        case "-d" -> body = words.get(++i);
        case "-H" -> headers.addAll(List.of(words.get(++i).split(": ", 2)));
        default -> path = words.get(i).replace("$HUB", "");
      }
    }
    return server.send(method, path, body, headers.toArray(String[]::new));
  }

  @Test
  void everyCommandAnswersAsTheGuideSays() throws Exception {
    Matcher commands = COMMAND.matcher(Files.readString(GUIDE));
    int run = 0;
    try (HubServer server = new HubServer(folder)) {
      while (commands.find()) {
        HttpResponse<String> answer = run(server, commands.group(1));
        assertThat(answer.statusCode())
            .as(commands.group() + "\n" + answer.body())
            .isEqualTo(Integer.parseInt(commands.group(2)));
        run++;
      }
    }
    assertThat(run).isEqualTo(13);
  }
}
