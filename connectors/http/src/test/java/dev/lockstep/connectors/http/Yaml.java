package dev.lockstep.connectors.http;

import dev.lockstep.connector.Settings;
import dev.lockstep.testkit.TestSettings;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Settings of this connector as a user writes them. */
final class Yaml {
  private Yaml() {}

  static Settings settings(String yaml) {
    return settings((Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(yaml));
  }

  @SuppressWarnings(
      "unchecked") // the names of a YAML map of settings are texts, or numbers as under errors
  static Settings settings(Map<?, ?> values) {
    return TestSettings.of(new HttpConnector().spec(), (Map<String, ?>) values);
  }
}
