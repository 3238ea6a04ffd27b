package dev.lockstep.engine.twoway;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Problem;
import dev.lockstep.connector.Row;
import dev.lockstep.engine.journal.Digest;
import dev.lockstep.engine.mapping.Mapper;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Which field of one end stands for which field of the other. Fields of the keys are not among
 * them: they are equal wherever two records are compared.
 */
final class FieldPairs {
  private final List<String> from;
  private final List<String> to;

  private FieldPairs(List<String> from, List<String> to) {
    this.from = List.copyOf(from);
    this.to = List.copyOf(to);
  }

  /**
   * Those fields that each end copies from the other.
   *
   * @throws ConnectorException where the mappings of the two directions do more than that
   */
  static FieldPairs of(String sync, Mapper there, Mapper back) {
    Map<String, String> out = plain(sync, there);
    Map<String, String> in = plain(sync, back);
    SequencedMap<String, String> pairs = new LinkedHashMap<>();
    out.forEach((to, from) -> {
      if (to.equals(in.get(from)) && !there.key().contains(to)) {
        pairs.put(from, to);
      }
    });
    List<String> from = new ArrayList<>(pairs.keySet());
    from.sort(null);
    return new FieldPairs(from, from.stream().map(pairs::get).toList());
  }

  private static Map<String, String> plain(String sync, Mapper mapper) {
    return switch (mapper.copying()) {
      case Mapper.Copying.Plain plain -> plain.fields();
      case Mapper.Copying.Computed(String reason) ->
          throw new ConnectorException(
              new Failure.Misconfigured(
                  List.of(
                      new Problem(
                          "syncs." + sync + ".map",
                          "it cannot be turned round, because " + reason,
                          "give fields other names only, as in `subject: record.title`, or leave"
                              + " out `direction: both`"))));
    };
  }

  int size() {
    return from.size();
  }

  List<String> names(End end) {
    return end == End.FROM ? from : to;
  }

  @Nullable Object value(End end, Row row, int index) {
    Object value = row.get(names(end).get(index));
    return value == Row.ABSENT ? null : value;
  }

  /** Tells what a record holds at one end: eight bytes a field. Null where there is no record. */
  byte @Nullable [] image(End end, Optional<Row> row) {
    if (row.isEmpty()) {
      return null;
    }
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * size());
    for (int i = 0; i < size(); i++) {
      bytes.putLong(Digest.ofValue(plain(value(end, row.get(), i))));
    }
    return bytes.array();
  }

  /** Whether a field reads the same in two images; never where one of them is of no record. */
  static boolean isSame(byte @Nullable [] one, byte @Nullable [] other, int index) {
    int at = index * Long.BYTES;
    return one != null
        && other != null
        && one.length == other.length
        && Arrays.equals(one, at, at + Long.BYTES, other, at, at + Long.BYTES);
  }

  /** Whether two values mean the same. */
  static boolean isSame(@Nullable Object one, @Nullable Object other) {
    return Objects.deepEquals(plain(one), plain(other));
  }

  /** A decimal's scale is the column's business. */
  private static @Nullable Object plain(@Nullable Object value) {
    return value instanceof BigDecimal number ? number.stripTrailingZeros() : value;
  }
}
