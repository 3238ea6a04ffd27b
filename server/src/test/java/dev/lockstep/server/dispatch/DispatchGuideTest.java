package dev.lockstep.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the guide's page on triggers, in their order, each with the status beside it. */
class DispatchGuideTest {
  private static final Path GUIDE = Path.of("..", "docs", "guide", "dispatch.md");
  private static final Pattern COMMAND = Pattern.compile("curl (.*)  # (\\d{3})");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

  @TempDir private Path folder;

  @Test
  void everyCommandAnswersAsTheGuideSays() throws Exception {
    Matcher commands = COMMAND.matcher(Files.readString(GUIDE));
    int run = 0;
    try (Served served = Served.open(folder)) {
      while (commands.find()) {
        Served.Answer answer = run(served, commands.group(1));
        assertThat(answer.status())
            .as(commands.group() + "\n" + answer.body())
            .isEqualTo(Integer.parseInt(commands.group(2)));
        run++;
      }
    }
    assertThat(run).isEqualTo(11);
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
