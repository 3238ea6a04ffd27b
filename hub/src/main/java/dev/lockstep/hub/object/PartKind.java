package dev.lockstep.hub.object;

import java.util.Arrays;
import java.util.Optional;

/** What a definition is made of besides its own settings. */
public enum PartKind {
  FIELD("objectFields", "object-fields", "ObjectField"),
  RELATIONSHIP("objectRelationships", "object-relationships", "ObjectRelationship"),
  RULE("objectValidationRules", "object-validation-rules", "ObjectValidationRule"),
  ACTION("objectActions", "object-actions", "ObjectAction"),
  LAYOUT("objectLayouts", "object-layouts", "ObjectLayout"),
  VIEW("objectViews", "object-views", "ObjectView");

  private final String list;
  private final String path;
  private final String label;

  PartKind(String list, String path, String label) {
    this.list = list;
    this.path = path;
    this.label = label;
  }

  /** The list in the definition's document. */
  public String list() {
    return list;
  }

  /** The part of an address. */
  public String path() {
    return path;
  }

  /** The word in messages. */
  public String label() {
    return label;
  }

  /** The kind with that part of an address. */
  public static Optional<PartKind> at(String path) {
    return Arrays.stream(values()).filter(kind -> kind.path.equals(path)).findFirst();
  }
}
