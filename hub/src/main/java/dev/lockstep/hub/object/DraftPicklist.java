package dev.lockstep.hub.object;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** Makes what was sent for a picklist into its document. */
final class DraftPicklist {
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9]{1,75}");

  private final ModelDraft draft;
  private final Findings findings = new Findings();

  DraftPicklist(ModelDraft draft) {
    this.draft = draft;
  }

  /** Completes a document; the entries it keeps have their ids already. */
  ObjectNode complete(ObjectNode document) {
    if (!document.has("id")) {
      document.put("id", draft.number());
    }
    Findings.initially(document, "externalReferenceCode", ModelDraft.code());
    named(document, "");
    Set<String> keys = new HashSet<>();
    List<ObjectNode> entries = Documents.parts(document, "listTypeEntries");
    for (int i = 0; i < entries.size(); i++) {
      String place = "listTypeEntries[" + i + "].";
      entry(entries.get(i), place);
      if (!keys.add(Documents.text(entries.get(i), "key"))) {
        findings.add(
            place + "key",
            "'" + Documents.text(entries.get(i), "key") + "' stands twice",
            "send each key once");
      }
    }
    Documents.replace(document, "listTypeEntries", entries);
    findings.orRefuse();
    unique(document);
    return document;
  }

  private void entry(ObjectNode entry, String place) {
    if (!entry.has("id")) {
      entry.put("id", draft.number());
      entry.put("dateCreated", draft.moment());
    }
    entry.put("dateModified", draft.moment());
    Findings.initially(entry, "externalReferenceCode", ModelDraft.code());
    Findings.initially(entry, "type", "");
    findings.form(entry, "key", place, KEY, "send letters and digits");
    if (Documents.text(entry, "name").isEmpty() && !entry.path("name_i18n").isObject()) {
      entry.put("name", Documents.text(entry, "key"));
    }
    named(entry, place);
  }

  /** {@code name} and {@code name_i18n} say the same, whichever was sent. */
  private void named(ObjectNode document, String place) {
    if (!document.path("name_i18n").isObject() && !Documents.text(document, "name").isEmpty()) {
      document.putObject("name_i18n").put("en-US", Documents.text(document, "name"));
    } else if (Documents.text(document, "name").isEmpty()
        && document.path("name_i18n").isObject()
        && !document.path("name_i18n").isEmpty()) {
      document.put("name", document.path("name_i18n").iterator().next().asString());
    }
    if (Documents.text(document, "name").isEmpty()) {
      findings.add(place + "name", "is missing", "send a name");
    }
  }

  private void unique(ObjectNode document) {
    ObjectNode other =
        draft.byCode(ModelDraft.PICKLIST, Documents.text(document, "externalReferenceCode"));
    if (other != null && other.path("id").longValue() != document.path("id").longValue()) {
      throw ModelRefused.conflict(
          "externalReferenceCode",
          "'" + Documents.text(document, "externalReferenceCode") + "' is taken",
          "send another one, or change that list with PUT");
    }
  }
}
