package dev.lockstep.server.module;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file and the commands of the guide's page on modules, each with the status beside it. */
class ModulesGuideTest {
  private static final Path GUIDE = Path.of("..", "docs", "guide", "modules.md");
  private static final Pattern FILE = Pattern.compile("(?s)```yaml\n(lockstep: 1\n.*?)```");
  private static final Pattern COMMAND = Pattern.compile("curl (.*)  # (\\d{3})");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

  @TempDir private Path folder;

  @Test
  void everyCommandAnswersAsTheGuideSays() throws Exception {
    String guide = Files.readString(GUIDE);
    Matcher file = FILE.matcher(guide);
    assertThat(file.find()).isTrue();
    String yaml = file.group(1) + "server: {address: \"127.0.0.1:0\"}\n";
    int run = 0;
    try (Served served = Served.open(folder, yaml)) {
      Matcher commands = COMMAND.matcher(guide);
      while (commands.find()) {
        var answer = run(served, commands.group(1));
        assertThat(answer.status())
            .as(commands.group() + "\n" + answer.body())
            .isEqualTo(Integer.parseInt(commands.group(2)));
        run++;
      }
    }
    assertThat(run).isEqualTo(14);
    assertThat(
            Served.refusal(
                folder,
                yaml.replace("country: text(2)", "land: text(2)")
                    .replace("[new, active, blocked, archived]", "[new, active, archived]")))
        .anyMatch(it -> it.contains("/api/sales/v1 customers: 'country' is no field of accounts"))
        .anyMatch(it -> it.contains("accounts.state took 'blocked' and would not"));
  }

  private static Served.Answer run(Served served, String command) throws Exception {
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
        default -> path = words.get(i).replace("$HOST", "").replace("'", "%27");
      }
    }
    return served.send(method, path, body, headers.toArray(String[]::new));
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
