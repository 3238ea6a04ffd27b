package dev.lockstep.hub.object;

import dev.lockstep.connector.Type;
import dev.lockstep.hub.ColumnForm;
import dev.lockstep.hub.Shapes;
import dev.lockstep.hub.filter.Dialect;
import dev.lockstep.store.Product;
import dev.lockstep.store.Tx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The indexes by which entries of a definition are filtered and sorted. */
final class Indexes {
  private static final String PREFIX = "hub_index_";

  private Indexes() {}

  /** Makes those of fields that are indexed, and drops those of fields that no longer are. */
  static void align(Tx tx, Shapes shapes, Definition definition) {
    Dialect dialect = ColumnForm.dialect(tx.product());
    Map<String, String> wanted = new LinkedHashMap<>();
    for (DefinedField field : definition.ownFields()) {
      if (field.indexed() && isSmall(field, tx.product())) {
        String column = shapes.column(definition.path(), field.name());
        List<String> keys = new ArrayList<>(dialect.indexKeys(Definition.typeOf(field), column));
        keys.add("id");
        String name = PREFIX + definition.path() + "_" + column.replace("\"", "");
        wanted.put(tx.product().name(name), String.join(", ", keys));
      }
    }
    String table = shapes.table(definition.path());
    List<String> present =
        tx.list(tx.product().indexes(), row -> row.text(1), table.replace("\"", "")).stream()
            .filter(name -> name.startsWith(PREFIX))
            .toList();
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

  /** Whether values of a field are short enough to stand in an index as well. */
  private static boolean isSmall(DefinedField field, Product product) {
    return isSmall(field.businessType())
        && (product == Product.SQLITE
            || !(Definition.typeOf(field) instanceof Type.Text(int most))
            || most <= ColumnForm.LONGEST_INDEXED);
  }

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
