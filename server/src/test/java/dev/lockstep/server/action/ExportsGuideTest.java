package dev.lockstep.server.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the guide's page on exports, in their order, each with the status beside it. */
class ExportsGuideTest {
  private static final Path GUIDE = Path.of("..", "docs", "guide", "exports.md");
  private static final Pattern COMMAND = Pattern.compile("curl (.*)  # (\\d{3})");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

  @TempDir private Path folder;

  @Test
  void everyCommandAnswersAsTheGuideSays() throws Exception {
    Matcher commands = COMMAND.matcher(Files.readString(GUIDE));
    int run = 0;
    try (Served served = Served.open(folder, true)) {
      while (commands.find()) {
        if (commands.group(1).endsWith("/content")) {
          Served.until("the export is completed", () -> isCompleted(served));
        }
        Served.Answer answer = run(served, commands.group(1));
        assertThat(answer.status())
            .as(commands.group() + "\n" + answer.body())
            .isEqualTo(Integer.parseInt(commands.group(2)));
        run++;
      }
    }
    assertThat(run).isEqualTo(7);
  }

  private static boolean isCompleted(Served served) throws Exception {
    return served
        .get("/o/headless-batch-engine/v1.0/export-task/by-external-reference-code/books")
        .body()
        .contains("\"executeStatus\":\"COMPLETED\"");
  }

  private static Served.Answer run(Served served, String command) throws Exception {
    String method = "GET";
    String path = "";
    String body = "";
    List<String> words = words(command);
    for (int i = 0; i < words.size(); i++) {
      switch (words.get(i)) {
        case "-X" -> method = words.get(++i);
        case "-d" -> body = words.get(++i);
        case "-H" -> i++;
        default -> path = words.get(i).replace("$HOST", "");
      }
    }
    return served.send(method, path, body);
  }

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
}
