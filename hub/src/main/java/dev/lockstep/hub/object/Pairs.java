package dev.lockstep.hub.object;

import dev.lockstep.store.Tx;
import java.util.HashSet;
import java.util.Set;

/** The tables of relationships between many and many. */
final class Pairs {
  private Pairs() {}

  /** Makes those that are needed, and drops those that no longer are. */
  static void align(Tx tx, Model before, Model next) {
    Set<String> needed = tables(next);
    for (String table : needed) {
      tx.update(
          "CREATE TABLE IF NOT EXISTS "
              + table
              + " (a INTEGER NOT NULL, b INTEGER NOT NULL, PRIMARY KEY (a, b)) STRICT, WITHOUT ROWID");
      tx.update("CREATE INDEX IF NOT EXISTS " + table + "_b ON " + table + " (b)");
    }
    for (String table : tables(before)) {
      if (!needed.contains(table)) {
        tx.update("DROP TABLE " + table);
      }
    }
  }

  private static Set<String> tables(Model model) {
    Set<String> tables = new HashSet<>();
    for (Definition definition : model.definitions()) {
      for (DefinedRelationship relationship : definition.relationships()) {
        if (relationship.kind() == DefinedRelationship.Kind.MANY_TO_MANY) {
          tables.add(relationship.table());
        }
      }
    }
    return tables;
  }
}
