package dev.lockstep.connector;

import java.util.List;

/**
 * A set of records with one schema; {@code key} names the fields that identify a record, in order,
 * empty when the system knows none (it can then be read, but only appended to).
 *
 * @param open true when rows may carry fields that the schema does not list, as a JSON resource
 *     does; such fields arrive with the type {@link Type.Any}
 */
public record Dataset(DatasetId id, Schema schema, List<String> key, boolean open) {
  public Dataset {
    key = List.copyOf(key);
    for (String name : key) {
      if (!open && !schema.has(name)) {
        throw new IllegalArgumentException("key field '" + name + "' is not in " + id);
      }
    }
  }

  public static Dataset of(String id, Schema schema, String... key) {
    return new Dataset(new DatasetId(id), schema, List.of(key), false);
  }
}
