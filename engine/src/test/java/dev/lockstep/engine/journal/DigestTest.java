package dev.lockstep.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.connector.Field;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Type;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DigestTest {
  private static final Field ID = Field.of("id", new Type.Int());
  private static final Field NAME = Field.of("name", Type.Text.unlimited());

  @Test
  void isTheSameForAnotherOrderOfFields() {
    assertThat(Digest.of(Row.of(Schema.of(ID, NAME), 1L, "a")))
        .isEqualTo(Digest.of(Row.of(Schema.of(NAME, ID), "a", 1L)));
  }

  @Test
  void aFieldThatWasNotSentPlaysNoPart() {
    assertThat(Digest.of(Row.of(Schema.of(ID, NAME), 1L, Row.ABSENT)))
        .isEqualTo(Digest.of(Row.of(Schema.of(ID), 1L)))
        .isNotEqualTo(Digest.of(Row.of(Schema.of(ID, NAME), 1L, null)));
  }

  @Test
  void tellsValuesApart() {
    Set<Digest> digests = new HashSet<>();
    Schema schema = Schema.of(ID, NAME);
    for (long id = 0; id < 100; id++) {
      for (int name = 0; name < 100; name++) {
        digests.add(Digest.of(Row.of(schema, id, "n" + name)));
        digests.add(Digest.of(Key.of(id, "n" + name)));
      }
    }
    assertThat(digests).hasSize(20_000);
  }

  @Test
  void isTheSameInEveryRelease() {
    assertThat(Digest.of(Row.of(Schema.of(ID, NAME), 7L, "Ada")))
        .hasToString("0bf99368dce3a587b9faea8ac01fed45");
    assertThat(Digest.of(Key.of(7L))).hasToString("34f7e57ab4d260a5210a7ed80667d6fd");
  }

  @Test
  void canBeKeptAsBytes() {
    Digest digest = Digest.of(Key.of(7L));
    assertThat(Digest.of(digest.bytes())).isEqualTo(digest);
    assertThatThrownBy(() -> Digest.of(new byte[15])).isInstanceOf(IllegalArgumentException.class);
  }
}
