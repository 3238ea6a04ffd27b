package dev.lockstep.engine.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.engine.sync.Leaving;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a change means for the target. The source's key is {@code id}, the target's is {@code code};
 * a row is written {@code code/status}, with {@code ~} for a field that was not sent, {@code null}
 * for null, and {@code -} for no row at all.
 */
class LeavingTest {
  private static final Dataset SOURCE =
      Syncs.dataset("source", "id", "id int!, code text, status text");
  private static final Dataset TARGET = Syncs.dataset("target", "code", "code text!, status text");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          KEEP   | -        | A/ok     | upsert A
          KEEP   | -        | A/no     | filtered
          KEEP   | A/ok     | A/ok     | upsert A
          KEEP   | A/no     | A/ok     | upsert A
          KEEP   | A/ok     | A/no     | filtered
          KEEP   | A/ok     | B/ok     | move A to B
          KEEP   | A/no     | B/ok     | upsert B
          KEEP   | A/~      | B/ok     | move A to B
          KEEP   | ~/ok     | B/ok     | upsert B
          KEEP   | -        | null/ok  | refused
          KEEP   | -        | ~/ok     | refused
          KEEP   | -        | null/no  | filtered
          KEEP   | -        | A/null   | filtered
          KEEP   | -        | A/~      | refused
          DELETE | -        | A/ok     | upsert A
          DELETE | -        | A/no     | delete A
          DELETE | A/ok     | A/no     | delete A
          DELETE | A/no     | A/no     | filtered
          DELETE | A/~      | A/no     | delete A
          DELETE | A/ok     | B/no     | delete A
          DELETE | ~/ok     | B/no     | delete B
          DELETE | A/no     | A/ok     | upsert A
          DELETE | A/ok     | B/ok     | move A to B
          DELETE | A/no     | B/ok     | upsert B
          DELETE | -        | null/no  | refused
          DELETE | -        | ~/no     | refused
          """)
  void decidesOnARecordThatNowReads(Leaving leaving, String before, String row, String expected) {
    Mapper.Mapped mapped = mapper(leaving).upserted(row(row).orElseThrow(), row(before));
    assertThat(told(mapped)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          KEEP   | A/ok     | delete A
          KEEP   | A/no     | filtered
          KEEP   | A/~      | delete A
          KEEP   | ~/ok     | refused
          KEEP   | -        | refused
          DELETE | A/ok     | delete A
          DELETE | A/no     | filtered
          DELETE | -        | refused
          """)
  void decidesOnARecordThatIsGone(Leaving leaving, String before, String expected) {
    assertThat(told(mapper(leaving).deleted(Key.of(1L), row(before)))).isEqualTo(expected);
  }

  @Test
  void deletesByTheSourcesKeyAloneWhereTheTargetsFollowsFromIt() {
    Mapper mapper =
        Syncs.ready(
            Syncs.spec(
                "record.status == 'ok'",
                Leaving.KEEP,
                Syncs.map("code", "'D-' + string(record.id)", "status", "record.status")),
            SOURCE,
            TARGET);
    assertThat(told(mapper.deleted(Key.of(7L), Optional.empty()))).isEqualTo("delete D-7");
  }

  @Test
  void saysWhatADeleteLacks() {
    assertThat(mapper(Leaving.KEEP).deleted(Key.of(1L), Optional.empty()))
        .hasToString(
            "Refused[reason=the source's key '1' does not tell the target's key [code], remedy=have"
                + " the source send the record's last state (REPLICA IDENTITY FULL in PostgreSQL), or"
                + " map the target's key from the source's key]");
  }

  @Test
  void saysWhatAConditionLacks() {
    assertThat(mapper(Leaving.KEEP).upserted(row("A/~").orElseThrow(), Optional.empty()))
        .hasToString(
            "Refused[reason=where: it reads a field that this record does not carry, remedy=test it"
                + " first: has(record.…) && …]");
  }

  private static Mapper mapper(Leaving leaving) {
    return Syncs.ready(
        Syncs.spec(
            "record.status == 'ok'",
            leaving,
            Syncs.map("code", "record.code", "status", "record.status")),
        SOURCE,
        TARGET);
  }

  private static Optional<Row> row(String text) {
    if (text.equals("-")) {
      return Optional.empty();
    }
    String[] parts = text.split("/");
    return Optional.of(Row.of(SOURCE.schema(), 1L, value(parts[0]), value(parts[1])));
  }

  private static @Nullable Object value(String text) {
    return text.equals("~") ? Row.ABSENT : text.equals("null") ? null : text;
  }

  private static String told(Mapper.Mapped mapped) {
    return switch (mapped) {
      case Mapper.Mapped.Upsert(Key key, Row row) -> "upsert " + key;
      case Mapper.Mapped.Delete(Key key) -> "delete " + key;
      case Mapper.Mapped.Move(Key from, Key to, Row row) -> "move " + from + " to " + to;
      case Mapper.Mapped.Filtered() -> "filtered";
      case Mapper.Mapped.Refused(String reason, String remedy) -> "refused";
    };
  }
}
