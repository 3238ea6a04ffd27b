package dev.lockstep.connectors.file;

import dev.lockstep.connector.Row;
import dev.lockstep.connector.Type;
import dev.lockstep.connectors.file.FieldText.MisfitException;

/** Lets through rows at or after a bound; rows without a value are not after anything. */
record SinceFilter(String field, Object bound) {

  static SinceFilter of(FilePartition.Bound bound) {
    try {
      return new SinceFilter(
          bound.field(), FieldText.parse(Type.parse(bound.type()), bound.value()));
    } catch (MisfitException e) {
      throw Faults.permanent("the bound of the partition cannot be read: " + e.getMessage());
    }
  }

  PlacedRows of(PlacedRows rows) {
    return rows.only(this::admits);
  }

  @SuppressWarnings("unchecked") // only fields whose carrier is Comparable can have a bound
  private boolean admits(Row row) {
    Object value = row.get(field);
    return value instanceof Comparable<?> && ((Comparable<Object>) value).compareTo(bound) >= 0;
  }
}
