package dev.lockstep.hub.object;

import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.node.ObjectNode;

/** A validation rule of a definition, read from its document. */
public record DefinedRule(ObjectNode body) {

  public boolean active() {
    return body.path("active").booleanValue(false);
  }

  /** Whether it is an expression that must hold. */
  public boolean isExpression() {
    return Documents.text(body, "engine").equals("ddm");
  }

  /** Whether it names fields whose values together no two entries share. */
  public boolean isCompositeKey() {
    return Documents.text(body, "engine").equals("compositeKey");
  }

  public String script() {
    return Documents.text(body, "script");
  }

  /** What callers are told when it does not hold. */
  public String message() {
    return Documents.label(body, "errorLabel");
  }

  /** The codes of the fields that form a composite key. */
  List<String> keyFields() {
    return settings("compositeKeyObjectFieldExternalReferenceCode");
  }

  /** The codes of the fields at which a partial validation is told. */
  List<String> toldAt() {
    return settings("outputObjectFieldExternalReferenceCode");
  }

  private List<String> settings(String name) {
    return StreamSupport.stream(body.path("objectValidationRuleSettings").spliterator(), false)
        .filter(setting -> Documents.text(setting, "name").equals(name))
        .map(setting -> Documents.text(setting, "value"))
        .toList();
  }
}
