package dev.lockstep.hub.liferay;

import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.file.FileEntries;
import dev.lockstep.hub.object.BusinessType;
import dev.lockstep.hub.object.DefinedField;
import dev.lockstep.hub.object.Definition;
import dev.lockstep.hub.object.Definitions;
import java.util.ArrayList;
import java.util.List;

/** Which files someone may see: those of the entries it may see. */
record SeenFiles(Definitions definitions, Access access) {

  boolean has(long file) throws InterruptedException {
    if (access.isUnlimited()) {
      return true;
    }
    for (Definition definition : definitions.model().definitions()) {
      for (FileEntries.Use use : uses(definitions, definition)) {
        String query =
            "SELECT 1 FROM "
                + use.table()
                + " WHERE "
                + use.column()
                + " = ? AND "
                + access.visible(definition.path(), use.table())
                + " LIMIT 1";
        if (definitions
            .hub()
            .read(tx -> tx.first(query, row -> row.integer(1), file))
            .isPresent()) {
          return true;
        }
      }
    }
    return false;
  }

  /** Every column that may refer to a file. */
  static List<FileEntries.Use> uses(Definitions definitions) {
    List<FileEntries.Use> uses = new ArrayList<>();
    definitions.model().definitions().forEach(it -> uses.addAll(uses(definitions, it)));
    return uses;
  }

  private static List<FileEntries.Use> uses(Definitions definitions, Definition definition) {
    List<FileEntries.Use> uses = new ArrayList<>();
    for (DefinedField field : definition.ownFields()) {
      if (definition.published() && field.businessType() == BusinessType.ATTACHMENT) {
        uses.add(
            new FileEntries.Use(
                definition.name(),
                definitions.hub().tableName(definition.path()),
                definitions.hub().column(definition.path(), field.name())));
      }
    }
    return uses;
  }
}
