package dev.lockstep.hub;

import dev.lockstep.connector.Problem;
import dev.lockstep.connector.Type;
import dev.lockstep.store.Tx;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;

/**
 * Brings the tables to what the file declares, in one transaction: adds objects and fields, carries
 * the values of retyped fields over, sets unique indexes. An object or field that is no longer
 * declared stays in its table, unseen, and is there again when it is declared again.
 */
final class Catalogue {
  private static final int LONGEST_COLUMN = 55;

  private final Tx tx;
  private final List<Problem> problems = new ArrayList<>();

  private Catalogue(Tx tx) {
    this.tx = tx;
  }

  /** A field that has a column. */
  record Stored(String name, Type type, String column) {}

  /**
   * @throws DefinitionRefused with everything that would lose data or contradict entries
   */
  static SequencedMap<String, ObjectTable> align(Tx tx, List<ObjectDefinition> definitions) {
    Catalogue catalogue = new Catalogue(tx);
    SequencedMap<String, ObjectTable> tables = new LinkedHashMap<>();
    catalogue.checkNames(definitions);
    for (ObjectDefinition definition :
        catalogue.problems.isEmpty() ? definitions : List.<ObjectDefinition>of()) {
      tables.put(definition.name(), catalogue.align(definition));
    }
    if (!catalogue.problems.isEmpty()) {
      throw new DefinitionRefused(catalogue.problems);
    }
    return tables;
  }

  static void remove(Tx tx, String object) {
    tx.update("DROP TABLE " + ObjectTable.quoted(ObjectTable.nameOf(object, tx.product())));
    tx.update("DELETE FROM hub_field WHERE object = ?", object);
    tx.update("DELETE FROM hub_unique WHERE object = ?", object);
    tx.update("DELETE FROM hub_ledger WHERE object = ?", object);
  }

  private void checkNames(List<ObjectDefinition> definitions) {
    Map<String, String> spelled = new HashMap<>();
    for (String name : tx.list("SELECT DISTINCT object FROM hub_field", row -> row.text(1))) {
      spelled.put(name.toLowerCase(Locale.ROOT), name);
    }
    Map<String, String> declared = new HashMap<>();
    for (ObjectDefinition definition : definitions) {
      String lower = definition.name().toLowerCase(Locale.ROOT);
      String stored = spelled.getOrDefault(lower, definition.name());
      String other = declared.put(lower, definition.name());
      if (other != null) {
        refuse(definition.name(), "", "'" + other + "' is an object already", "rename one of them");
      } else if (!stored.equals(definition.name())) {
        refuse(
            definition.name(),
            "",
            "the store has this object as '" + stored + "'",
            "write '" + stored + "', or choose a name that differs by more than case");
      }
    }
  }

  private ObjectTable align(ObjectDefinition definition) {
    String object = definition.name();
    String table = ObjectTable.quoted(ObjectTable.nameOf(object, tx.product()));
    if (!exists(ObjectTable.nameOf(object, tx.product()))) {
      create(object, table);
    }
    Map<String, Stored> stored = stored(object);
    UniqueIndexes indexes = new UniqueIndexes(tx, object, table);
    List<String> columns = new ArrayList<>();
    List<Retype> retypes = new ArrayList<>();
    for (ObjectField field : definition.fields()) {
      Stored old = stored.get(field.name().toLowerCase(Locale.ROOT));
      columns.add(column(definition, table, field, Optional.ofNullable(old), retypes));
    }
    indexes.drop(definition.unique(), retypes.stream().map(Retype::field).toList());
    retypes.forEach(retype -> retype.carry(tx, table).ifPresent(problems::add));
    if (problems.isEmpty()) {
      indexes.create(definition, columnsByField(definition, columns)).forEach(problems::add);
    }
    return new ObjectTable(definition, columns, tx.product());
  }

  /**
   * Looked for first, because a store that is only inspected takes no statement that might make it.
   */
  private boolean exists(String table) {
    return tx.first(tx.product().tables(), row -> row.text(1), table).isPresent();
  }

  private void create(String object, String table) {
    tx.update(
        "CREATE TABLE "
            + table
            + " (id INTEGER PRIMARY KEY, erc TEXT NOT NULL UNIQUE,"
            + " created INTEGER NOT NULL, modified INTEGER NOT NULL, version INTEGER NOT NULL) STRICT");
    tx.update(
        "CREATE INDEX "
            + ObjectTable.quoted(tx.product().name("hub_modified_" + object))
            + " ON "
            + table
            + " (modified)");
  }

  private Map<String, Stored> stored(String object) {
    Map<String, Stored> stored = new HashMap<>();
    tx.list(
            "SELECT field, type, col FROM hub_field WHERE object = ?",
            row -> new Stored(row.text(1), Type.parse(row.text(2)), row.text(3)),
            object)
        .forEach(field -> stored.put(field.name().toLowerCase(Locale.ROOT), field));
    return stored;
  }

  private String column(
      ObjectDefinition definition,
      String table,
      ObjectField field,
      Optional<Stored> old,
      List<Retype> retypes) {
    if (old.isEmpty()) {
      String column = "f_" + shortened(field.name());
      add(table, column, field.type());
      note(definition, field, column);
      return column;
    }
    Stored was = old.get();
    if (!was.name().equals(field.name())) {
      refuse(
          definition.name(),
          ".fields." + field.name(),
          "the store has this field as '" + was.name() + "'",
          "write '" + was.name() + "', or choose a name that differs by more than case");
      return was.column();
    }
    if (was.type().equals(field.type())) {
      return was.column();
    }
    return retyped(definition, table, field, was, retypes);
  }

  private String retyped(
      ObjectDefinition definition,
      String table,
      ObjectField field,
      Stored was,
      List<Retype> retypes) {
    boolean bothText = was.type() instanceof Type.Text && field.type() instanceof Type.Text;
    String column = bothText ? was.column() : next(was.column(), field.name());
    if (!bothText) {
      add(table, column, field.type());
    }
    retypes.add(new Retype(definition.name(), field, was, column));
    note(definition, field, column);
    return column;
  }

  /**
   * {@code f_name}, {@code f2_name}, {@code f3_name}: a prefix that no field's name can imitate.
   */
  private static String next(String column, String field) {
    String number = column.substring(1, column.indexOf('_'));
    return "f" + (number.isEmpty() ? 2 : Integer.parseInt(number) + 1) + "_" + shortened(field);
  }

  /** A name that fits every store: what is cut off is told apart by a digest of the whole. */
  private static String shortened(String field) {
    return field.length() <= LONGEST_COLUMN
        ? field
        : field.substring(0, LONGEST_COLUMN - 9)
            + "_"
            + UUID.nameUUIDFromBytes(field.getBytes(StandardCharsets.UTF_8))
                .toString()
                .substring(0, 8);
  }

  private void add(String table, String column, Type type) {
    tx.update(
        "ALTER TABLE "
            + table
            + " ADD COLUMN "
            + ObjectTable.quoted(column)
            + " "
            + ColumnForm.column(type, tx.product()));
  }

  private void note(ObjectDefinition definition, ObjectField field, String column) {
    tx.update(
        "INSERT INTO hub_field (object, field, type, col) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT (object, field) DO UPDATE SET type = excluded.type, col = excluded.col",
        definition.name(),
        field.name(),
        field.type().label(),
        column);
  }

  private static Map<String, String> columnsByField(
      ObjectDefinition definition, List<String> columns) {
    Map<String, String> byField = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      byField.put(definition.fields().get(i).name(), columns.get(i));
    }
    return byField;
  }

  private void refuse(String object, String place, String message, String remedy) {
    problems.add(new Problem("hub.objects." + object + place, message, remedy));
  }
}
