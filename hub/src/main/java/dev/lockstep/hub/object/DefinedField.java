package dev.lockstep.hub.object;

import dev.lockstep.hub.file.FileEntries;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A field of a definition, read from its document, which was checked. */
public record DefinedField(ObjectNode body) {

  public long id() {
    return body.path("id").longValue(0);
  }

  public String code() {
    return Documents.text(body, "externalReferenceCode");
  }

  public String name() {
    return Documents.text(body, "name");
  }

  public BusinessType businessType() {
    return BusinessType.named(Documents.text(body, "businessType")).orElseThrow();
  }

  public boolean required() {
    return body.path("required").booleanValue(false);
  }

  /** Whether the hub itself keeps it for every entry. */
  public boolean system() {
    return body.path("system").booleanValue(false);
  }

  /** Whether its value can only pass from state to state. */
  public boolean state() {
    return body.path("state").booleanValue(false);
  }

  /** Whether callers may not set it; not so where a condition decides. */
  public boolean readOnly() {
    return Documents.text(body, "readOnly").equals("true");
  }

  /** When callers may not set it. */
  public Optional<String> readOnlyCondition() {
    return Documents.text(body, "readOnly").equals("conditional")
        ? Optional.of(Documents.text(body, "readOnlyConditionExpression"))
        : Optional.empty();
  }

  /** The picklist that says which values there are. */
  public String picklist() {
    return Documents.text(body, "listTypeDefinitionExternalReferenceCode");
  }

  public boolean unique() {
    return setting("uniqueValues").orElse("").equals("true");
  }

  /** Whether it has an index of its own. */
  public boolean indexed() {
    return body.path("indexed").booleanValue(false);
  }

  /** A setting as text; empty when it is not set. */
  public Optional<String> setting(String name) {
    return settingNode(name)
        .map(value -> value.isValueNode() ? value.asString() : value.toString());
  }

  Optional<JsonNode> settingNode(String name) {
    return StreamSupport.stream(body.path("objectFieldSettings").spliterator(), false)
        .filter(setting -> Documents.text(setting, "name").equals(name))
        .map(setting -> setting.path("value"))
        .filter(value -> !value.isNull() && !value.isMissingNode())
        .findFirst();
  }

  /** What the names of its files may end in, in lower case; empty where everything may. */
  public List<String> extensions() {
    return Arrays.stream(setting("acceptedFileExtensions").orElse("").split(",", -1))
        .map(it -> it.strip().toLowerCase(Locale.ROOT))
        .filter(it -> !it.isEmpty() && !it.equals("*"))
        .toList();
  }

  /** How long its files may be; 0 in the document stands for as long as any. */
  public long mostBytes() {
    long megabytes =
        setting("maximumFileSize")
            .filter(text -> text.matches("\\d{1,6}"))
            .map(Long::parseLong)
            .orElse(100L);
    return megabytes == 0
        ? FileEntries.MOST_BYTES
        : Math.min(megabytes << 20, FileEntries.MOST_BYTES);
  }

  int maxLength(int most) {
    return setting("maxLength")
        .filter(text -> text.matches("\\d{1,9}"))
        .map(Integer::parseInt)
        .filter(length -> length > 0)
        .orElse(most);
  }

  /** What an entry gets when none was sent, as text; not where an expression works it out. */
  Optional<String> initial() {
    Optional<String> set =
        setting("defaultValueType").orElse("inputAsValue").equals("inputAsValue")
            ? setting("defaultValue")
            : Optional.empty();
    return set.or(() -> Optional.of(Documents.text(body, "defaultValue")))
        .filter(it -> !it.isEmpty());
  }

  /** From each state, those that may follow it; empty when every one may follow every other. */
  Map<String, List<String>> transitions() {
    Map<String, List<String>> transitions = new LinkedHashMap<>();
    for (JsonNode state :
        settingNode("stateFlow").map(it -> it.path("objectStates")).orElse(body.path("none"))) {
      transitions.put(
          Documents.text(state, "key"),
          StreamSupport.stream(state.path("objectStateTransitions").spliterator(), false)
              .map(next -> Documents.text(next, "key"))
              .toList());
    }
    return transitions;
  }
}
