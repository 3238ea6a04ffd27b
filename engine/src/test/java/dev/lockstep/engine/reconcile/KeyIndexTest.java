package dev.lockstep.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.Key;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyIndexTest {
  @Test
  void saysWhatAMapWouldSay() {
    KeyIndex index = new KeyIndex();
    Map<Key, Integer> map = new HashMap<>();
    Random random = new Random(7);
    int repeats = 0;
    for (int place = 0; place < 50_000; place++) {
      Key key = key(random);
      assertThat(index.contains(key)).isEqualTo(map.containsKey(key));
      Integer before = map.put(key, place);
      repeats += before == null ? 0 : 1;
      assertThat(index.put(key, place)).isEqualTo(before == null ? KeyIndex.NONE : before);
    }
    assertThat(repeats).isBetween(1_000, 49_000);
  }

  /** Some alike in their lower bits, some of several parts, some bytes. */
  private static Key key(Random random) {
    int number = random.nextInt(10_000);
    return switch (number % 4) {
      case 0 -> Key.of((long) number << 20);
      case 1 -> Key.of("k" + number);
      case 2 -> Key.of((long) number, "x");
      default -> Key.of(new byte[] {(byte) number, (byte) (number >> 8)});
    };
  }

  @Test
  void findsNothingInAnEmptyWindow() {
    assertThat(new KeyIndex().contains(Key.of(1L))).isFalse();
  }
}
