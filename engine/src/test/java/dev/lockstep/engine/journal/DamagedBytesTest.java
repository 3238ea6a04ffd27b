package dev.lockstep.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.connector.Change;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class DamagedBytesTest {
  private static final RandomGenerator RANDOM =
      RandomGeneratorFactory.of("L64X128MixRandom").create(20);

  @Test
  void refusesABatchWithAnyByteChanged() {
    byte[] bytes = ChangeCodec.encode(new SampleChanges(1).batch(5));
    int refused = 0;
    for (int i = 0; i < bytes.length; i++) {
      byte[] damaged = bytes.clone();
      damaged[i] ^= (byte) (1 << RANDOM.nextInt(8));
      assertThatThrownBy(() -> ChangeCodec.decode(damaged))
          .isInstanceOf(DamagedBytesException.class);
      refused++;
    }
    assertThat(refused).isGreaterThan(500);
  }

  @Test
  void refusesABatchCutAnywhere() {
    byte[] bytes = ChangeCodec.encode(new SampleChanges(2).batch(3));
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> ChangeCodec.decode(cut)).isInstanceOf(DamagedBytesException.class);
    }
    assertThat(bytes.length).isGreaterThan(100);
  }

  /**
   * Behind the checksum every reader must still stand on its own: a checksum can be made to fit.
   */
  @Test
  void neitherLoopsNorAsksForMemoryWhenTheChecksumFits() {
    int refused = 0;
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = plain(round);
      for (int i = RANDOM.nextInt(1, 5); i > 0; i--) {
        bytes[RANDOM.nextInt(6, bytes.length)] = (byte) RANDOM.nextInt(256);
      }
      refused += isRefused(sealed(bytes)) ? 1 : 0;
    }
    assertThat(refused).isGreaterThan(5_000);
  }

  private static boolean isRefused(byte[] bytes) {
    try {
      List<Change> changes = ChangeCodec.decode(bytes);
      assertThat(changes.size()).isLessThanOrEqualTo(bytes.length * 1032);
      return false;
    } catch (DamagedBytesException e) {
      return true;
    }
  }

  @Test
  void refusesAClaimOfMoreThanItsBytesCanHold() {
    byte[] bytes = {1, 1, 0, 0, 0, 0, -1, -1, -1, -1, 7, 3, 0};
    assertThatThrownBy(() -> ChangeCodec.decode(sealed(bytes)))
        .isInstanceOf(DamagedBytesException.class)
        .hasMessageContaining("cannot hold 2147483647");
  }

  @Test
  void namesANewerFormat() {
    byte[] bytes = ChangeCodec.encode(List.of());
    bytes[0] = 2;
    assertThatThrownBy(() -> ChangeCodec.decode(bytes))
        .isInstanceOf(DamagedBytesException.class)
        .hasMessageContaining("format version 2, this program reads 1");
  }

  private static byte[] plain(int seed) {
    return ChangeCodec.encode(new SampleChanges(seed % 50).batch(seed % 3 + 1));
  }

  private static byte[] sealed(byte[] bytes) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, 2);
    sum.update(bytes, 6, bytes.length - 6);
    ByteBuffer.wrap(bytes).putInt(2, (int) sum.getValue());
    return bytes;
  }
}
