package dev.lockstep.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide's page on security: its configuration, and its commands in their order. */
final class SecurityGuideTest {
  private static final Path GUIDE = Path.of("..", "docs", "guide", "security.md");
  private static final Pattern YAML = Pattern.compile("(?s)```yaml\n(.*?)```");
  private static final Pattern COMMAND = Pattern.compile("curl (.*)  # (\\d{3})");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

  @TempDir private Path folder;

  @Test
  void everyCommandAnswersAsTheGuideSays() throws Exception {
    String page = Files.readString(GUIDE);
    Matcher commands = COMMAND.matcher(page);
    String token = "";
    int run = 0;
    try (SecuredServer server =
        SecuredServer.openWith(folder, configuration(page), InstantSource.system())) {
      while (commands.find()) {
        SecuredServer.Answer answer = run(server, commands.group(1).replace("TOKEN", token));
        assertThat(answer.status())
            .as(commands.group() + "\n" + answer.body())
            .isEqualTo(Integer.parseInt(commands.group(2)));
        if (answer.body().contains("access_token")) {
          token = answer.json().path("access_token").asString();
        }
        run++;
      }
    }
    assertThat(run).isEqualTo(16);
  }

  private static String configuration(String page) {
    Matcher yaml = YAML.matcher(page);
    assertThat(yaml.find()).isTrue();
    return yaml.group(1)
        .replace("server: {", "server: {address: \"127.0.0.1:0\", ")
        .replace("${LOCKSTEP_TOKEN}", SecuredServer.SERVER_TOKEN)
        .replace("${CRM_SECRET}", SecuredServer.SECRET_HASH)
        .replaceAll("\\$\\{[A-Z]+_PASSWORD}", Matcher.quoteReplacement(SecuredServer.HASH));
  }

  private static SecuredServer.Answer run(SecuredServer server, String command) throws Exception {
    String method = "GET";
    String path = "";
    String body = "";
    String authorization = null;
    boolean json = false;
    List<String> words = words(command);
    for (int i = 0; i < words.size(); i++) {
      switch (words.get(i)) {
        case "-X" -> method = words.get(++i);
        case "-d" -> body = words.get(++i);
        case "-u" -> authorization = basic(words.get(++i));
        case "-H" -> {
          String[] header = words.get(++i).split(": ", 2);
          json |= header[1].equals("application/json");
          authorization = header[0].equals("Authorization") ? header[1] : authorization;
        }
        default -> path = words.get(i).replace("$HOST", "");
      }
    }
    return body.isEmpty() || json
        ? server.send(authorization, method, path, body)
        : server.form(path, authorization, body.replace("SECRET", encoded()));
  }

  private static String encoded() {
    return SecuredServer.SECRET.replace(' ', '+');
  }

  private static @Nullable String basic(String both) {
    String[] parts = both.split(":", 2);
    return SecuredServer.basic(
        parts[0], parts[1].equals("PASSWORD") ? SecuredServer.PASSWORD : SecuredServer.SECRET);
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
