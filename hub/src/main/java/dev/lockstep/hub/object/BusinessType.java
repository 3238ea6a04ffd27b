package dev.lockstep.hub.object;

import dev.lockstep.connector.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a field of a defined object is for, as Liferay names it. */
public enum BusinessType {
  AGGREGATION("Aggregation", "String"),
  ASSIGNEE("Assignee", "String"),
  ATTACHMENT("Attachment", "Long"),
  AUTO_INCREMENT("AutoIncrement", "String"),
  BOOLEAN("Boolean", "Boolean"),
  DATE("Date", "Date"),
  DATE_TIME("DateTime", "DateTime"),
  DECIMAL("Decimal", "Double"),
  EMAIL_ADDRESS("EmailAddress", "String"),
  ENCRYPTED("Encrypted", "Clob"),
  FORMULA("Formula", "String"),
  INTEGER("Integer", "Integer"),
  LONG_INTEGER("LongInteger", "Long"),
  LONG_TEXT("LongText", "Clob"),
  MULTISELECT_PICKLIST("MultiselectPicklist", "String"),
  PHONE_NUMBER("PhoneNumber", "String"),
  PICKLIST("Picklist", "String"),
  PRECISION_DECIMAL("PrecisionDecimal", "BigDecimal"),
  RELATIONSHIP("Relationship", "Long"),
  RICH_TEXT("RichText", "Clob"),
  TEXT("Text", "String");

  private final String label;
  private final String dbType;

  BusinessType(String label, String dbType) {
    this.label = label;
    this.dbType = dbType;
  }

  /** The word in documents. */
  public String label() {
    return label;
  }

  /** The database's type as documents name it. */
  public String dbType() {
    return dbType;
  }

  static Optional<BusinessType> named(String label) {
    return Arrays.stream(values()).filter(type -> type.label.equals(label)).findFirst();
  }

  static List<String> labels() {
    return Arrays.stream(values()).map(BusinessType::label).toList();
  }

  /** Whether its value is worked out when an entry is read, and kept nowhere. */
  public boolean isComputed() {
    return this == AGGREGATION || this == FORMULA;
  }

  /** Whether a picklist says which values there are. */
  public boolean hasPicklist() {
    return this == PICKLIST || this == MULTISELECT_PICKLIST;
  }

  /** Whether free text is searched in it. */
  public boolean isSearched() {
    return switch (this) {
      case TEXT, LONG_TEXT, RICH_TEXT, EMAIL_ADDRESS, PHONE_NUMBER, AUTO_INCREMENT, PICKLIST ->
          true;
      case AGGREGATION,
          ASSIGNEE,
          ATTACHMENT,
          BOOLEAN,
          DATE,
          DATE_TIME,
          DECIMAL,
          ENCRYPTED,
          FORMULA,
          INTEGER,
          LONG_INTEGER,
          MULTISELECT_PICKLIST,
          PRECISION_DECIMAL,
          RELATIONSHIP ->
          false;
    };
  }

  /** The type its values are kept in; not for a computed one. */
  Type type(DefinedField field) {
    return switch (this) {
      case TEXT -> new Type.Text(field.maxLength(280));
      case LONG_TEXT -> new Type.Text(field.maxLength(65_000));
      case RICH_TEXT, ENCRYPTED, AUTO_INCREMENT, PICKLIST -> new Type.Text(0);
      case EMAIL_ADDRESS -> new Type.Text(254);
      case PHONE_NUMBER -> new Type.Text(75);
      case BOOLEAN -> new Type.Bool();
      case INTEGER, LONG_INTEGER, RELATIONSHIP, ATTACHMENT -> new Type.Int();
      case DECIMAL -> new Type.Float();
      case PRECISION_DECIMAL -> Type.parse("decimal");
      case DATE -> new Type.Date();
      case DATE_TIME ->
          field.setting("timeStorage").orElse("").equals("useInputAsEntered")
              ? new Type.DateTime()
              : new Type.Timestamp();
      case MULTISELECT_PICKLIST, ASSIGNEE -> new Type.Json();
      case AGGREGATION, FORMULA -> throw new IllegalStateException(label + " has no column");
    };
  }
}
