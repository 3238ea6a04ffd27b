package dev.lockstep.connectors.properties;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page that teaches writing a connector shows the code that is compiled and tested here. */
final class DocumentedConnectorTest {
  private static final Path PAGE = Path.of("../docs/connectors.md");
  private static final Path SOURCES = Path.of("src/test/java/dev/lockstep/connectors/properties");
  private static final Pattern BLOCK = Pattern.compile("(?s)```java\\n(.*?\\n)```");
  private static final Pattern NAME =
      Pattern.compile("(?m)^(?:public )?(?:final class|record) (\\w+)");

  @Test
  void thePageShowsWhatIsTested() throws IOException {
    List<String> shown = new ArrayList<>();
    Matcher block = BLOCK.matcher(Files.readString(PAGE));
    while (block.find()) {
      Matcher name = NAME.matcher(block.group(1));
      String file = name.find() ? name.group(1) : "package-info";
      shown.add(file);
      assertThat(block.group(1))
          .as(file)
          .isEqualTo(Files.readString(SOURCES.resolve(file + ".java")));
    }
    assertThat(shown)
        .containsExactly(
            "package-info",
            "PropertiesConnector",
            "PropertiesFile",
            "PropertiesConnection",
            "PropertiesReader",
            "PropertiesWriter",
            "PropertiesConnectorTest");
  }
}
