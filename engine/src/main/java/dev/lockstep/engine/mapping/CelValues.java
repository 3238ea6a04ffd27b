package dev.lockstep.engine.mapping;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Special;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Carriers as the values of expressions, and back. */
final class CelValues {
  private CelValues() {}

  static Object toCel(@Nullable Object carrier) {
    return switch (carrier) {
      case null -> NullValue.NULL_VALUE;
      case BigDecimal number -> CelDecimal.of(number);
      case LocalDate date -> date.toString();
      case LocalTime time -> TimeText.of(time);
      case LocalDateTime time -> TimeText.of(time);
      case byte[] bytes -> CelByteString.of(bytes);
      case Special special ->
          throw new Unfit(
              Unfit.shown(special) + " is no value that an expression can take", Special.REMEDY);
      case JsonText json -> toCel(JsonReader.tree(json));
      case List<?> list -> list.stream().map(CelValues::toCel).toList();
      case Map<?, ?> map -> {
        Map<Object, Object> values = LinkedHashMap.newLinkedHashMap(map.size());
        map.forEach((name, value) -> values.put(name, toCel(value)));
        yield values;
      }
      default -> carrier;
    };
  }

  static @Nullable Object toCarrier(Object value) {
    return switch (value) {
      case Map<?, ?> map -> JsonWriter.write(plainMap(map));
      case CelRecord record -> JsonWriter.write(record.fields());
      case Duration duration ->
          throw new Unfit(duration + " is a duration", "write string(…) or int(….getSeconds())");
      default -> plain(value);
    };
  }

  /** Maps stay maps, for the writer of JSON. */
  private static @Nullable Object plain(Object value) {
    return switch (value) {
      case NullValue none -> null;
      case CelDecimal decimal -> decimal.number();
      case CelByteString bytes -> bytes.toByteArray();
      case UnsignedLong number -> new BigDecimal(number.bigIntegerValue());
      case CelRecord record -> record.fields();
      case List<?> list -> {
        List<@Nullable Object> values = new ArrayList<>(list.size());
        list.forEach(element -> values.add(plain(element)));
        yield Collections.unmodifiableList(values);
      }
      case Map<?, ?> map -> plainMap(map);
      default -> value;
    };
  }

  private static Map<Object, @Nullable Object> plainMap(Map<?, ?> map) {
    Map<Object, @Nullable Object> values = LinkedHashMap.newLinkedHashMap(map.size());
    map.forEach((name, element) -> values.put(name, plain(element)));
    return values;
  }

  /** The fields that were sent, as carriers. */
  static Map<String, @Nullable Object> fields(Row row) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < row.schema().size(); i++) {
      if (row.get(i) != Row.ABSENT) {
        fields.put(row.schema().field(i).name(), row.get(i));
      }
    }
    return fields;
  }
}
