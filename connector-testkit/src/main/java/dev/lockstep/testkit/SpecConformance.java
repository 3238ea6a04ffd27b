package dev.lockstep.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.Connector;
import dev.lockstep.connector.ConnectorSpec;
import dev.lockstep.connector.Setting;
import dev.lockstep.connector.Setting.Form;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** The passport: complete, offline, and true. */
interface SpecConformance extends Tried {

  @Test
  default void isFoundByItsName() {
    String name = trial().harness().connector().spec().name();
    assertThat(ServiceLoader.load(Connector.class))
        .as("META-INF/services/dev.lockstep.connector.Connector")
        .extracting(connector -> connector.spec().name())
        .containsOnlyOnce(name);
  }

  @Test
  default void saysWhatItIs() {
    ConnectorSpec spec = trial().harness().connector().spec();
    assertThat(spec.name()).matches("[a-z][a-z0-9-]*");
    assertThat(spec.summary()).isNotBlank();
    assertThat(spec.roles()).isNotEmpty();
    assertThat(trial().harness().connector().spec()).as("the same every time").isEqualTo(spec);
  }

  @Test
  default void documentsEverySetting() {
    documented("", trial().harness().connector().spec().settings());
  }

  private static void documented(String path, List<Setting> settings) {
    assertThat(settings).extracting(Setting::name).doesNotHaveDuplicates();
    for (Setting setting : settings) {
      String place = path + setting.name();
      assertThat(setting.name()).as(place).matches("[a-zA-Z][a-zA-Z0-9]*");
      assertThat(setting.description()).as("the description of " + place).hasSizeGreaterThan(10);
      setting.fallback().ifPresent(text -> TestSettings.read(place, setting.form(), text));
      nested(place, setting.form());
    }
  }

  private static void nested(String place, Form form) {
    switch (form) {
      case Form.Section(List<Setting> settings) -> documented(place + ".", settings);
      case Form.Named(Form value) -> nested(place, value);
      case Form.ListOf(Form element) -> nested(place, element);
      case Form.Either(Form one, Form other) -> {
        nested(place, one);
        nested(place, other);
      }
      case Form.Text _,
          Form.Hidden _,
          Form.Whole _,
          Form.Flag _,
          Form.Period _,
          Form.Choice _,
          Form.Pattern _ -> {}
    }
  }
}
