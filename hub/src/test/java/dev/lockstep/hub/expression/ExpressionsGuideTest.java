package dev.lockstep.hub.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples of the guide, each with the result written beside it. */
class ExpressionsGuideTest {
  private static final Path GUIDE = Path.of("..", "docs", "guide", "expressions.md");
  private static final Pattern EXAMPLE =
      Pattern.compile("^\\|(?:.* \\|)? `([^`]*)` \\| `([^`]*)` \\|$", Pattern.MULTILINE);
  private static final Pattern SCRIPTS = Pattern.compile("```\n(.*?)```", Pattern.DOTALL);

  private static String guide() throws IOException {
    return Files.readString(GUIDE);
  }

  @Test
  void everyExampleGivesWhatTheGuideSays() throws IOException {
    Matcher examples = EXAMPLE.matcher(guide());
    int run = 0;
    while (examples.find()) {
      assertThat(Sample.resultOf(examples.group(1)))
          .as(examples.group(1))
          .isEqualTo(examples.group(2));
      run++;
    }
    assertThat(run).isEqualTo(51);
  }

  @Test
  void theScriptsAtItsBeginningAreTrue() throws IOException {
    Matcher scripts = SCRIPTS.matcher(guide());
    assertThat(scripts.find()).isTrue();

    assertThat(scripts.group(1).lines().map(Sample::resultOf)).hasSize(4).containsOnly("true");
  }

  @Test
  void noFunctionIsLeftOut() throws IOException {
    String guide = guide();

    assertThat(Functions.names())
        .allSatisfy(name -> assertThat(guide).containsPattern("\\W" + name + "\\W"));
  }
}
