package dev.lockstep.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the guide says of the configuration is so. */
class GuideTest {
  private static final Path GUIDE = Path.of("../docs/guide");
  private static final Pattern BLOCK = Pattern.compile("(?s)```yaml\n(lockstep: 1\n.*?)```");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");

  @TempDir Path folder;

  @Test
  void everyWholeFileInTheGuideLoads() throws IOException {
    int seen = 0;
    for (Path page : pages()) {
      Matcher block = BLOCK.matcher(Files.readString(page));
      while (block.find()) {
        seen++;
        assertThat(Trial.problemsOf(load(block.group(1)))).as("%s, block %d", page, seen).isEmpty();
      }
    }
    assertThat(seen).isGreaterThanOrEqualTo(3);
  }

  @Test
  void theReferenceHasEveryKeyAsItIsChecked() throws IOException {
    String reference = Files.readString(GUIDE.resolve("configuration.md"));
    List<List<Setting>> tables =
        List.of(
            Language.TOP,
            Language.SYSTEM,
            Language.LIMITS,
            Language.SYNC,
            Language.SCHEDULE,
            Language.BUSINESS_DAYS,
            Language.INCREMENTAL,
            Language.RETRY,
            Language.HUB,
            Language.ACTIONS,
            Language.FUNCTION,
            Language.MAIL,
            Language.DEPLOY,
            Language.BATCH,
            Language.SECURITY,
            Language.USER,
            Language.APPLICATION,
            Language.ROLE,
            Language.MODULE,
            Language.VERSION,
            Language.VIEW,
            Language.SHOWN,
            Language.OBJECT,
            Language.FIELD,
            Language.CALENDAR,
            Language.SERVER,
            Language.STORE,
            Language.DEFAULTS);
    for (List<Setting> table : tables) {
      assertThat(reference).contains(Manual.table(table));
    }
  }

  /** After a change of settings: run once with -Dlockstep.writeSchema=true. */
  @Test
  void theEditorsSchemaIsThatOfTheInstalledConnectors() throws IOException {
    Path file = GUIDE.resolveSibling("lockstep.schema.json");
    String schema = EditorSchema.of(LoadConfiguration.installedConnectors());
    if (Boolean.getBoolean("lockstep.writeSchema")) {
      Files.writeString(file, schema);
    }
    assertThat(Files.readString(file))
        .as("written anew by -Dlockstep.writeSchema=true")
        .isEqualTo(schema);
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(GUIDE)) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    }
  }

  private Loaded load(String yaml) throws IOException {
    Map<String, String> environment = new HashMap<>();
    List<String> names = new ArrayList<>();
    VARIABLE.matcher(yaml).results().forEach(found -> names.add(found.group(1)));
    for (String name : names) {
      if (name.startsWith("file:")) {
        Files.writeString(folder.resolve(name.substring("file:".length())), "a secret from a file");
      } else {
        environment.put(name, "a secret from the environment");
      }
    }
    Files.writeString(folder.resolve(LoadConfiguration.FILE), yaml);
    return new LoadConfiguration(
            LoadConfiguration.installedConnectors(),
            environment,
            Instant.parse("2026-03-01T12:00:00Z"))
        .load(folder);
  }
}
