package dev.lockstep.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** The example is a folder of the demo, on ports of its own. */
final class ExampleTest {
  private static final Path EXAMPLE = Path.of("../examples/distributors");

  @Test
  void isMarkedAsAFolderOfTheDemo() throws IOException {
    assertThat(ports().lockstep()).isEqualTo(7070);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lockstep.yaml", "README.md"})
  void saysWhatTheDemoWrites(String file) throws IOException {
    assertThat(EXAMPLE.resolve(file)).content().isEqualTo(ports().fill(DemoFolder.resource(file)));
  }

  private static Ports ports() throws IOException {
    String mark = Files.readString(EXAMPLE.resolve("systems.json"));
    return Ports.read(JsonMapper.builder().build().readTree(mark));
  }
}
