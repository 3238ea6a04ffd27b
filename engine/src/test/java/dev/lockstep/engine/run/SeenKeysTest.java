package dev.lockstep.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.Key;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class SeenKeysTest {
  @Test
  void holdsWhatWasAddedAndNothingElseInEveryNumberOfPasses() {
    int many = 20_000;
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    for (long id = 0; id < many; id += 2) {
      page.writeBytes(SeenKeys.digest(Key.of(id)));
    }
    for (int passes = 1; passes <= 3; passes++) {
      long found = 0;
      long looked = 0;
      for (int pass = 0; pass < passes; pass++) {
        SeenKeys keys = new SeenKeys(many / 2 / passes + many / 16);
        keys.addAll(page.toByteArray(), pass, passes);
        for (long id = 0; id < many; id++) {
          byte[] digest = SeenKeys.digest(Key.of(id));
          if (SeenKeys.isIn(digest, pass, passes)) {
            looked++;
            boolean contained = keys.contains(digest);
            assertThat(contained).isEqualTo(id % 2 == 0);
            found += contained ? 1 : 0;
          }
        }
      }
      assertThat(looked).isEqualTo(many);
      assertThat(found).isEqualTo(many / 2);
    }
  }

  @Test
  void aKeyIsTheSameHoweverItsSystemTypesIt() {
    assertThat(SeenKeys.digest(Key.of(7L))).isEqualTo(SeenKeys.digest(Key.of("7")));
    assertThat(SeenKeys.digest(Key.of(new BigDecimal("7.00"))))
        .isEqualTo(SeenKeys.digest(Key.of(7L)));
    assertThat(SeenKeys.digest(Key.of("a", "b"))).isNotEqualTo(SeenKeys.digest(Key.of("a|b")));
  }
}
