package dev.lockstep.hub.object;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Objects that Liferay brings along and that other objects refer to. Each is there from the moment
 * it is first named. Its entries keep the document that was sent for them, beside the fields that
 * are read often.
 */
public enum SystemObject {
  USER(
      "L_USER",
      "User",
      "Users",
      "com.liferay.portal.kernel.model.User",
      "alternateName emailAddress familyName givenName"),
  ACCOUNT(
      "L_ACCOUNT",
      "AccountEntry",
      "Accounts",
      "com.liferay.account.model.AccountEntry",
      "name description type");

  /** The field with the whole document. */
  public static final String DOCUMENT = "document";

  private final String code;
  private final String title;
  private final String plural;
  private final String className;
  private final String fields;

  SystemObject(String code, String title, String plural, String className, String fields) {
    this.code = code;
    this.title = title;
    this.plural = plural;
    this.className = className;
    this.fields = fields;
  }

  /** Its external reference code, which is the same everywhere. */
  public String code() {
    return code;
  }

  /** The fields whose texts are taken from its documents, where they have them. */
  public List<String> fields() {
    return List.of(fields.split(" "));
  }

  static Optional<SystemObject> coded(String code) {
    for (SystemObject each : values()) {
      if (each.code.equals(code)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /** The one of a definition's name. */
  static Optional<SystemObject> named(String name) {
    for (SystemObject each : values()) {
      if (each.title.equals(name)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /** The document of its definition, to be completed. */
  ObjectNode definition() {
    ObjectNode document = Documents.JSON.createObjectNode();
    document.put("externalReferenceCode", code).put("name", title).put("className", className);
    document.putObject("label").put("en_US", title);
    document.putObject("pluralLabel").put("en_US", plural);
    document.put("system", true).put("modifiable", false);
    document.putObject("status").put("code", 0);
    for (String field : fields()) {
      field(document, field, BusinessType.LONG_TEXT);
    }
    field(document, DOCUMENT, BusinessType.ASSIGNEE);
    return document;
  }

  private static void field(ObjectNode document, String name, BusinessType type) {
    ObjectNode field = document.withArray("objectFields").addObject();
    field.put("name", name).put("businessType", type.label()).put("indexed", false);
    field.putObject("label").put("en_US", name);
  }
}
