package dev.lockstep.hub.action;

import dev.lockstep.connector.JsonText;
import dev.lockstep.hub.Entry;
import dev.lockstep.hub.object.BusinessType;
import dev.lockstep.hub.object.DefinedField;
import dev.lockstep.hub.object.Definition;
import dev.lockstep.hub.object.EntryScope;
import dev.lockstep.hub.object.Model;
import dev.lockstep.hub.object.Picklist;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Liferay's terms: {@code [%TICKET_SUBJECT%]} stands for the subject of a ticket. What is no term
 * of the object stays as it is written.
 */
final class Terms {
  private static final Pattern TERM = Pattern.compile("\\[%([A-Z0-9_]{1,200})%]");
  private static final List<String> KEPT =
      List.of("createDate", "creator", "externalReferenceCode", "id", "modifiedDate", "status");

  /**
   * A value.
   *
   * @param html whether it is HTML already
   */
  private record Value(String text, boolean html) {}

  private final Map<String, Value> values = new HashMap<>();

  Terms(Model model, Definition definition, Entry entry) {
    EntryScope scope = new EntryScope(null, entry, entry.dateModified());
    String object = definition.name().toUpperCase(Locale.ROOT) + "_";
    for (String name : KEPT) {
      Object value = scope.value(name);
      Value told = new Value(value == null ? "" : value.toString(), false);
      values.put(object + name.toUpperCase(Locale.ROOT), told);
      values.put("OBJECT_ENTRY_" + name.toUpperCase(Locale.ROOT), told);
    }
    for (DefinedField field : definition.ownFields()) {
      if (!field.businessType().isComputed()
          && field.businessType() != BusinessType.ENCRYPTED
          && entry.values().schema().has(field.name())) {
        Object value = entry.values().get(field.name());
        values.put(
            object + field.name().toUpperCase(Locale.ROOT),
            new Value(
                value == null ? "" : told(model, field, value),
                field.businessType() == BusinessType.RICH_TEXT));
      }
    }
  }

  /** Values of picklists by their names. */
  private static String told(Model model, DefinedField field, Object value) {
    if (!field.businessType().hasPicklist()) {
      return value.toString();
    }
    Optional<Picklist> picklist = model.picklist(field.picklist());
    if (!(value instanceof JsonText list)) {
      return picklist.map(it -> it.nameOf(value.toString())).orElse(value.toString());
    }
    List<String> names = new ArrayList<>();
    for (JsonNode key : JsonMapper.shared().readTree(list.text())) {
      names.add(picklist.map(it -> it.nameOf(key.asString())).orElse(key.asString()));
    }
    return String.join(", ", names);
  }

  /** A text whose terms are filled in as they are. */
  String plain(String text) {
    return filled(text, false);
  }

  /** HTML whose terms are filled in as text: what somebody wrote into a field is no markup. */
  String html(String text) {
    return filled(text, true);
  }

  private String filled(String text, boolean html) {
    Matcher term = TERM.matcher(text);
    StringBuilder filled = new StringBuilder();
    while (term.find()) {
      Value value = values.get(term.group(1));
      String told =
          value == null
              ? term.group()
              : html && !value.html() ? escaped(value.text()) : value.text();
      term.appendReplacement(filled, Matcher.quoteReplacement(told));
    }
    return term.appendTail(filled).toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("\n", "<br>");
  }
}
