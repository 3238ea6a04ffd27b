package dev.lockstep.hub.object;

import dev.lockstep.hub.ColumnForm;
import dev.lockstep.hub.Shapes;
import dev.lockstep.hub.filter.Dialect;
import dev.lockstep.store.Tx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The indexes by which entries of a definition are filtered and sorted. */
final class Indexes {
  private static final Dialect SQLITE = Dialect.sqlite(ColumnForm::present);
  private static final String PREFIX = "hub_index_";

  private Indexes() {}

  /** Makes those of fields that are indexed, and drops those of fields that no longer are. */
  static void align(Tx tx, Shapes shapes, Definition definition) {
    Map<String, String> wanted = new LinkedHashMap<>();
    for (DefinedField field : definition.ownFields()) {
      if (field.indexed() && isSmall(field.businessType())) {
        String column = shapes.column(definition.path(), field.name());
        List<String> keys = new ArrayList<>(SQLITE.indexKeys(Definition.typeOf(field), column));
        keys.add("id");
        wanted.put(
            PREFIX + definition.path() + "_" + column.replace("\"", ""), String.join(", ", keys));
      }
    }
    String table = shapes.table(definition.path());
    List<String> present =
        tx.list(
            "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = ?"
                + " AND substr(name, 1, length(?)) = ?",
            row -> row.text(1),
            table.replace("\"", ""),
            PREFIX,
            PREFIX);
    for (String name : present) {
      if (!wanted.containsKey(name)) {
        tx.update("DROP INDEX \"" + name + '"');
      }
    }
    wanted.forEach((name, keys) -> {
      if (!present.contains(name)) {
        tx.update("CREATE INDEX \"" + name + "\" ON " + table + " (" + keys + ")");
      }
    });
  }

  /** Whether values of a type are short enough to stand in an index as well. */
  private static boolean isSmall(BusinessType type) {
    return switch (type) {
      case BOOLEAN,
          DATE,
          DATE_TIME,
          DECIMAL,
          EMAIL_ADDRESS,
          INTEGER,
          LONG_INTEGER,
          PHONE_NUMBER,
          PICKLIST,
          PRECISION_DECIMAL,
          RELATIONSHIP,
          AUTO_INCREMENT,
          TEXT ->
          true;
      case AGGREGATION,
          ASSIGNEE,
          ATTACHMENT,
          ENCRYPTED,
          FORMULA,
          LONG_TEXT,
          MULTISELECT_PICKLIST,
          RICH_TEXT ->
          false;
    };
  }
}
