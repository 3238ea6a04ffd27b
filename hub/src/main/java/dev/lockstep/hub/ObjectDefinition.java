package dev.lockstep.hub;

import dev.lockstep.connector.Field;
import dev.lockstep.connector.Problem;
import dev.lockstep.connector.Schema;
import java.util.List;
import java.util.Optional;

/**
 * An object: the fields its entries have besides those the hub keeps itself ({@link SystemField}).
 * Valid from birth.
 *
 * @param unique sets of fields whose values no two entries share; an entry with a null in a set is
 *     not compared
 * @param rules what else is demanded of an entry
 */
public record ObjectDefinition(
    String name, List<ObjectField> fields, List<List<String>> unique, EntryRules rules) {

  /**
   * @throws DefinitionRefused with every problem {@link #check} finds
   */
  public ObjectDefinition {
    fields = List.copyOf(fields);
    unique = unique.stream().map(List::copyOf).toList();
    List<Problem> problems = DefinitionCheck.check(name, fields, unique);
    if (!problems.isEmpty()) {
      throw new DefinitionRefused(problems);
    }
  }

  /** An object without further rules. */
  public ObjectDefinition(String name, List<ObjectField> fields, List<List<String>> unique) {
    this(name, fields, unique, EntryRules.NONE);
  }

  public static ObjectDefinition of(String name, ObjectField... fields) {
    return new ObjectDefinition(name, List.of(fields), List.of());
  }

  /**
   * All that is wrong with a definition, at once and without throwing; settings are paths from
   * {@code hub}.
   */
  public static List<Problem> check(
      String name, List<ObjectField> fields, List<List<String>> unique) {
    return DefinitionCheck.check(name, fields, unique);
  }

  /** The same object with a set of fields whose values no two entries share. */
  public ObjectDefinition withUnique(String... names) {
    List<List<String>> more = new java.util.ArrayList<>(unique);
    more.add(List.of(names));
    return new ObjectDefinition(name, fields, more, rules);
  }

  /** The declared field of a name, spelled exactly so. */
  public Optional<ObjectField> field(String wanted) {
    return fields.stream().filter(field -> field.name().equals(wanted)).findFirst();
  }

  /** The declared fields as a schema, in the file's order. */
  public Schema schema() {
    return new Schema(
        fields.stream()
            .map(field -> new Field(field.name(), field.type(), !field.required()))
            .toList());
  }
}
