package dev.lockstep.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeveralFaultsTest {
  @TempDir Path folder;

  @Test
  void areToldTogetherInTheOrderOfTheFile() throws IOException {
    String told =
        new Trial(folder)
            .problems(resource("several-faults.yaml")).stream()
                .map(problem -> problem + "\n")
                .collect(Collectors.joining());
    assertThat(told).isEqualTo(resource("several-faults.txt"));
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = SeveralFaultsTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
