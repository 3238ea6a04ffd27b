package dev.lockstep.hub;

import dev.lockstep.connector.Field;
import dev.lockstep.connector.Type;
import java.util.Arrays;
import java.util.Optional;

/** The fields the hub keeps for every entry, named as Liferay names them. */
public enum SystemField {
  /** The entry's key: given by who creates it, or made by the hub. */
  EXTERNAL_REFERENCE_CODE("externalReferenceCode"),
  /** The entry's number, never given out twice within a hub. */
  ID("id"),
  DATE_CREATED("dateCreated"),
  /** When the entry last changed; within an object it never runs backwards. */
  DATE_MODIFIED("dateModified"),
  /** 1 for a new entry, one more with every change: the ETag, not a field of the dataset. */
  VERSION("version");

  private final String title;

  SystemField(String title) {
    this.title = title;
  }

  /** The name in entries, bodies and messages. */
  public String title() {
    return title;
  }

  public Type type() {
    return switch (this) {
      case EXTERNAL_REFERENCE_CODE -> new Type.Text(255);
      case ID, VERSION -> new Type.Int();
      case DATE_CREATED, DATE_MODIFIED -> new Type.Timestamp();
    };
  }

  /** The system field of that name, whatever its case. */
  public static Optional<SystemField> named(String name) {
    return Arrays.stream(values()).filter(it -> it.title.equalsIgnoreCase(name)).findFirst();
  }

  /** Whether what a caller sends under this name is read past, since only the hub sets it. */
  public static boolean isKeptByHub(String name) {
    return !name.equals(EXTERNAL_REFERENCE_CODE.title)
        && Arrays.stream(values()).anyMatch(it -> it.title.equals(name));
  }

  /** Its column in every object's table. */
  String column() {
    return switch (this) {
      case EXTERNAL_REFERENCE_CODE -> "erc";
      case ID -> "id";
      case DATE_CREATED -> "created";
      case DATE_MODIFIED -> "modified";
      case VERSION -> "version";
    };
  }

  Field field() {
    return new Field(title, type(), false);
  }
}
