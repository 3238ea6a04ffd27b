package dev.lockstep.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TypeTest {
  private static final String[] LABELS = {
    "bool",
    "int",
    "float",
    "decimal",
    "decimal(12,2)",
    "text",
    "text(65535)",
    "bytes",
    "date",
    "time",
    "datetime",
    "timestamp",
    "json",
    "any",
    "list(decimal(5,0))"
  };

  @Test
  void everyLabelIsReadBackAsItself() {
    for (String label : LABELS) {
      assertThat(Type.parse(label).label()).isEqualTo(label);
    }
    assertThat(LABELS).hasSize(15);
  }

  @Test
  void anUnknownLabelNamesThoseThereAre() {
    assertThatThrownBy(() -> Type.parse("strng"))
        .hasMessageContaining("strng")
        .hasMessageContaining("text(n)");
  }
}
