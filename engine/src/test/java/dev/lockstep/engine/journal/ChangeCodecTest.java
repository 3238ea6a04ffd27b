package dev.lockstep.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChangeCodecTest {
  @Test
  void givesBackEveryKindOfChangeAndValue() {
    int changes = 0;
    for (long seed = 0; seed < 300; seed++) {
      List<Change> batch = new SampleChanges(seed).batch((int) (seed % 40));
      List<Change> read = ChangeCodec.decode(ChangeCodec.encode(batch));
      assertThat(read).as("seed %d", seed).isEqualTo(batch);
      changes += read.size();
    }
    assertThat(changes).isGreaterThan(5000);
  }

  @Test
  void rowsThatSharedASchemaShareOneAgain() {
    Schema schema = Schema.of(Field.of("id", new Type.Int()), Field.of("name", new Type.Text(9)));
    List<Change> read = ChangeCodec.decode(ChangeCodec.encode(accounts(schema, 3)));
    assertThat(read).hasSize(3);
    Schema first = ((Change.Upserted) read.getFirst()).row().schema();
    assertThat(((Change.Upserted) read.getLast()).row().schema()).isSameAs(first).isEqualTo(schema);
  }

  @Test
  void packsALargeBatch() {
    Schema schema = Schema.of(Field.of("id", new Type.Int()), Field.of("name", new Type.Text(0)));
    byte[] bytes = ChangeCodec.encode(accounts(schema, 10_000));
    assertThat(bytes.length).isBetween(1_000, 10_000 * 12);
    assertThat(ChangeCodec.decode(bytes)).hasSize(10_000);
  }

  private static List<Change> accounts(Schema schema, int count) {
    List<Change> changes = new ArrayList<>();
    for (long id = 0; id < count; id++) {
      changes.add(
          new Change.Upserted(
              new DatasetId("accounts"),
              Key.of(id),
              Row.of(schema, id, "account " + id),
              Optional.empty(),
              Change.Mark.at(Instant.EPOCH)));
    }
    return changes;
  }

  @Test
  void refusesAValueThatCarriesNoType() {
    Schema schema = Schema.of(Field.of("id", new Type.Int()), Field.of("name", new Type.Any()));
    List<Change> changes =
        List.of(
            new Change.Upserted(
                new DatasetId("accounts"),
                Key.of(1L),
                Row.of(schema, 1L, 1),
                Optional.empty(),
                Change.Mark.at(Instant.EPOCH)));
    assertThatThrownBy(() -> ChangeCodec.encode(changes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("java.lang.Integer");
  }

  @Test
  void refusesListsDeeperThanItReads() {
    List<?> nested = List.of();
    for (int i = 0; i < 100; i++) {
      nested = List.of(nested);
    }
    Key key = Key.of(nested);
    assertThatThrownBy(() -> RowCodec.key(key)).hasMessageContaining("deeper than 64");
  }
}
