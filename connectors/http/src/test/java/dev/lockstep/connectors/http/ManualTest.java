package dev.lockstep.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.Setting;
import dev.lockstep.connector.Setting.Form;
import dev.lockstep.connector.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The manual says what the connector does. */
class ManualTest {
  private static final Path MANUAL = Path.of("..", "..", "docs", "guide", "connectors", "http.md");

  @Test
  void everyExampleIsRight() throws IOException {
    Matcher blocks =
        Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(MANUAL));
    int examples = 0;
    while (blocks.find()) {
      examples++;
      Map<?, ?> file =
          (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(blocks.group(1));
      for (Object system : ((Map<?, ?>) Objects.requireNonNull(file.get("systems"))).values()) {
        Map<Object, Object> values = new LinkedHashMap<>((Map<?, ?>) system);
        assertThat(values.remove("connector")).isEqualTo("http");
        Settings settings = Yaml.settings(values);
        assertThat(new HttpConnector().validate(settings)).as(blocks.group(1)).isEmpty();
      }
    }
    assertThat(examples).isGreaterThan(15);
  }

  @Test
  void everySettingIsNamed() throws IOException {
    String manual = Files.readString(MANUAL);
    assertThat(names(new HttpConnector().spec().settings()))
        .isNotEmpty()
        .allSatisfy(name -> assertThat(manual).containsPattern("\\b" + name + "\\b"));
  }

  private static List<String> names(List<Setting> settings) {
    List<String> names = new ArrayList<>();
    for (Setting setting : settings) {
      names.add(setting.name());
      names.addAll(names(setting.form()));
    }
    return names;
  }

  private static List<String> names(Form form) {
    return switch (form) {
      case Form.Section(List<Setting> nested) -> names(nested);
      case Form.Named(Form value) -> names(value);
      case Form.ListOf(Form element) -> names(element);
      case Form.Either(Form one, Form other) -> {
        List<String> both = new ArrayList<>(names(one));
        both.addAll(names(other));
        yield both;
      }
      case Form.Text _,
          Form.Hidden _,
          Form.Whole _,
          Form.Flag _,
          Form.Period _,
          Form.Choice _,
          Form.Pattern _ ->
          List.of();
    };
  }
}
