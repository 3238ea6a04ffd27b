package dev.lockstep.hub;

import dev.lockstep.store.Tx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;

/** The objects of a hub while they are changed, within the transaction that changes them. */
public final class Shapes {
  private final Tx tx;
  private final SequencedMap<String, ObjectTable> tables;

  Shapes(Tx tx, SequencedMap<String, ObjectTable> tables) {
    this.tx = tx;
    this.tables = new LinkedHashMap<>(tables);
  }

  /**
   * Adds an object, or changes the one of that name; what a field that is no longer declared holds
   * stays in the table, unseen.
   *
   * @throws DefinitionRefused when it would lose what entries hold
   */
  public void define(ObjectDefinition definition) {
    tables.putAll(Catalogue.align(tx, List.of(definition)));
  }

  /** Removes an object with all its entries; their events stay until they are trimmed. */
  public void remove(String object) {
    if (tables.remove(object) != null) {
      Catalogue.remove(tx, object);
    }
  }

  /** Whether there is an object of that name, spelled exactly so. */
  public boolean has(String object) {
    return tables.containsKey(object);
  }

  /** Whether an object has any entry. */
  public boolean isEmpty(String object) {
    ObjectTable table = tables.get(object);
    return table == null || table.bounds(tx).isEmpty();
  }

  /** The objects as they are by now. */
  public List<ObjectDefinition> objects() {
    return tables.values().stream().map(ObjectTable::definition).toList();
  }

  /** The table of an object, quoted. */
  public String table(String object) {
    return ObjectTable.quoted(ObjectTable.nameOf(object, tx.product()));
  }

  /** The column of a declared field, quoted. */
  public String column(String object, String field) {
    return Objects.requireNonNull(tables.get(object)).column(field);
  }

  SequencedMap<String, ObjectTable> tables() {
    return tables;
  }
}
