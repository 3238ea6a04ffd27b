package dev.lockstep.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretTest {
  @Test
  void printsAsStarsAlsoInsideSettings() {
    Settings settings =
        new Settings(Map.of("auth", new Settings(Map.of("bearer", new Secret("hunter2")))));
    assertThat(settings.toString()).contains("***").doesNotContain("hunter2");
    assertThat(String.valueOf(new Secret("hunter2"))).isEqualTo("***");
    assertThat(settings.section("auth").orElseThrow().secret("bearer").orElseThrow().reveal())
        .isEqualTo("hunter2");
  }
}
