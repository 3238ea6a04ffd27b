package dev.lockstep.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowCodecTest {
  @Test
  void givesBackKeys() {
    List<Key> keys =
        List.of(
            Key.of(1L),
            Key.of("a", 2L, true),
            Key.of("ä".getBytes(StandardCharsets.UTF_8), new BigDecimal("1.00")));
    assertThat(keys).allMatch(key -> RowCodec.key(RowCodec.key(key)).equals(key));
  }

  @Test
  void differentKeysHaveDifferentBytes() {
    assertThat(List.of(RowCodec.key(Key.of("ab", "c")), RowCodec.key(Key.of("abc"))))
        .doesNotContain(RowCodec.key(Key.of("a", "bc")));
    assertThat(RowCodec.key(Key.of(1L))).isNotEqualTo(RowCodec.key(Key.of("1")));
  }

  @Test
  void givesBackRows() {
    int rows = 0;
    for (long seed = 0; seed < 200; seed++) {
      SampleChanges samples = new SampleChanges(seed);
      Row row = samples.row(samples.schema());
      assertThat(RowCodec.row(RowCodec.row(row))).as("seed %d", seed).isEqualTo(row);
      rows++;
    }
    assertThat(rows).isEqualTo(200);
  }
}
