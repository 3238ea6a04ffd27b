package dev.lockstep.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Special;
import dev.lockstep.connector.Type;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
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

  /** Written by hand in the class's own terms, since the samples of older seeds must not change. */
  @Test
  void opensAndWritesASpecialValueOfVersionOne() throws IOException {
    Row row =
        Row.of(
            new Schema(
                List.of(
                    Field.of("n", Type.Decimal.unlimited()),
                    Field.of("a", new Type.ListOf(new Type.Date())))),
            new Special("NaN"),
            List.of(LocalDate.EPOCH, new Special("-infinity")));
    assertThat(RowCodec.row(row)).isEqualTo(fixture("v1-special-row.bin"));
    assertThat(RowCodec.row(fixture("v1-special-row.bin"))).isEqualTo(row);
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
