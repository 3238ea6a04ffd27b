package dev.lockstep.hub;

import dev.lockstep.connector.Row;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a caller sends for an entry: unchecked. A field that is not in {@code values} was not sent;
 * a null was sent as null. Values under the names of system fields that only the hub sets are read
 * past, so that an entry can be read, changed and sent back.
 *
 * @param externalReferenceCode the key, null when none was sent
 */
public record Draft(@Nullable String externalReferenceCode, Map<String, @Nullable Object> values) {

  public Draft {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** What a row sends: its fields that are not {@link Row#ABSENT}. */
  public static Draft of(Row row) {
    Map<String, @Nullable Object> values = LinkedHashMap.newLinkedHashMap(row.schema().size());
    String code = null;
    for (int i = 0; i < row.schema().size(); i++) {
      String name = row.schema().field(i).name();
      Object value = row.get(i);
      if (name.equals(SystemField.EXTERNAL_REFERENCE_CODE.title())) {
        code = value == null || value == Row.ABSENT ? null : value.toString();
      } else if (value != Row.ABSENT) {
        values.put(name, value);
      }
    }
    return new Draft(code, values);
  }
}
