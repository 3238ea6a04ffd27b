package dev.lockstep.hub.object;

import tools.jackson.databind.node.ObjectNode;

/**
 * A relationship, read from its document, which was checked. It belongs to the definition of its
 * first object: the parent, where there is one.
 *
 * @param parent the name of the first object
 */
public record DefinedRelationship(String parent, ObjectNode body) {

  /** How many entries stand on either side. */
  public enum Kind {
    ONE_TO_MANY("oneToMany"),
    ONE_TO_ONE("oneToOne"),
    MANY_TO_MANY("manyToMany");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }

  /** What becomes of related entries when an entry is deleted. */
  public enum Deletion {
    CASCADE,
    DISASSOCIATE,
    PREVENT
  }

  /** Whether its second definition is not there yet; it has no meaning until then. */
  static boolean waits(ObjectNode body) {
    return Documents.text(body, "objectDefinitionName2").isEmpty();
  }

  public long id() {
    return body.path("id").longValue(0);
  }

  public String name() {
    return Documents.text(body, "name");
  }

  /** The name of the second object: the child, where there is one. */
  public String child() {
    return Documents.text(body, "objectDefinitionName2");
  }

  public Kind kind() {
    for (Kind kind : Kind.values()) {
      if (kind.label().equals(Documents.text(body, "type"))) {
        return kind;
      }
    }
    throw new IllegalStateException("relationship " + name() + " has no type");
  }

  public Deletion deletion() {
    return switch (Documents.text(body, "deletionType")) {
      case "cascade" -> Deletion.CASCADE;
      case "disassociate" -> Deletion.DISASSOCIATE;
      default -> Deletion.PREVENT;
    };
  }

  /** The child's field that holds the parent's id. */
  public String field() {
    return fieldOf(name(), parent());
  }

  /** The same field by which callers name the parent by its external reference code. */
  public String codeField() {
    String field = field();
    return field.substring(0, field.length() - 2) + "ERC";
  }

  static String fieldOf(String relationship, String parent) {
    String mark = SystemObject.named(parent).isPresent() ? "_" : "_c_";
    return "r_" + relationship + mark + Documents.lowerFirst(parent) + "Id";
  }

  /** The table of pairs of a relationship between many and many. */
  public String table() {
    return "hub_pairs_" + id();
  }
}
