package dev.lockstep.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.Change;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Bytes written by earlier releases open for ever. The fixtures hold what {@link SampleChanges}
 * makes of the seed in their names; they are added to and never written anew.
 */
class GoldenBytesTest {
  @Test
  void opensAPlainBatchOfVersionOne() throws IOException {
    assertThat(ChangeCodec.decode(fixture("v1-plain.bin"))).isEqualTo(plain());
  }

  @Test
  void opensADeflatedBatchOfVersionOne() throws IOException {
    List<Change> changes = ChangeCodec.decode(fixture("v1-deflated.bin"));
    assertThat(changes).hasSize(64).isEqualTo(deflated());
  }

  /** Not deflated ones: another zlib may deflate differently, and that is no other format. */
  @Test
  void stillWritesTheSamePlainBytes() throws IOException {
    assertThat(ChangeCodec.encode(plain())).isEqualTo(fixture("v1-plain.bin"));
  }

  static List<Change> plain() {
    return new SampleChanges(1001).batch(1);
  }

  static List<Change> deflated() {
    return new SampleChanges(1002).batch(64);
  }

  private static byte[] fixture(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(GoldenBytesTest.class.getResourceAsStream("/journal/" + name))) {
      return in.readAllBytes();
    }
  }
}
