package dev.lockstep.hub.object;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes of notification templates. Thread-safe. Documents that are handed in are taken over.
 * Changes throw {@link ModelRefused} with all that is wrong.
 */
public final class NotificationTemplates {
  private final Definitions definitions;

  NotificationTemplates(Definitions definitions) {
    this.definitions = definitions;
  }

  public NotificationTemplate create(ObjectNode body) {
    return definitions.change(draft -> {
      body.remove("id");
      return complete(draft, body);
    });
  }

  /** Makes a template read as the body says, creating it when it is not there. */
  public NotificationTemplate put(String code, ObjectNode body) {
    return definitions.change(draft -> {
      body.put("externalReferenceCode", code);
      ObjectNode was = draft.byCode(ModelDraft.NOTIFICATION, code);
      body.remove("id");
      if (was != null) {
        Merging.carry(was, body, "id", "dateCreated");
      }
      return complete(draft, body);
    });
  }

  /** Changes a template; {@code whole} replaces it, otherwise only what was sent is set. */
  public NotificationTemplate change(long id, ObjectNode body, boolean whole) {
    return definitions.change(draft -> {
      ObjectNode was = get(draft, id);
      ObjectNode after = whole ? body : was.deepCopy().setAll(body);
      after.put("id", id);
      Merging.carry(was, after, "dateCreated", "externalReferenceCode");
      return complete(draft, after);
    });
  }

  /** Removes a template that no active action sends. */
  public void delete(long id) {
    definitions.change(draft -> {
      NotificationTemplate template = new NotificationTemplate(get(draft, id));
      for (Definition definition : draft.model().definitions()) {
        for (DefinedAction action : definition.actions()) {
          if (action.active() && action.isOf(template)) {
            throw ModelRefused.conflict(
                "",
                "the action " + action.name() + " of " + definition.name() + " sends it",
                "delete that action first, or set it to active: false");
          }
        }
      }
      draft.remove(ModelDraft.NOTIFICATION, id);
      return id;
    });
  }

  private static ObjectNode get(ModelDraft draft, long id) {
    ObjectNode found = draft.find(ModelDraft.NOTIFICATION, id);
    if (found == null) {
      throw ModelRefused.missing("NotificationTemplate exists with the primary key " + id);
    }
    return found;
  }

  private static NotificationTemplate complete(ModelDraft draft, ObjectNode body) {
    Findings findings = new Findings();
    if (!body.has("id")) {
      body.put("id", draft.number());
    }
    Findings.initially(body, "externalReferenceCode", ModelDraft.code());
    Findings.initially(body, "editorType", "richText");
    findings.oneOf(body, "type", "", "email", List.of("email", "userNotification"));
    if (Documents.text(body, "name").isEmpty() && body.path("name_i18n").isEmpty()) {
      findings.add("name", "is missing", "send a name");
    } else if (Documents.text(body, "name").isEmpty()) {
      body.put("name", body.path("name_i18n").iterator().next().asString(""));
    }
    NotificationTemplate template = new NotificationTemplate(body);
    if (template.isMail()) {
      mail(body, template, findings);
    }
    findings.orRefuse();
    ObjectNode other = draft.byCode(ModelDraft.NOTIFICATION, template.code());
    if (other != null && other.path("id").longValue() != template.id()) {
      throw ModelRefused.conflict(
          "externalReferenceCode",
          "'" + template.code() + "' is taken",
          "send another one, or change that template with PUT");
    }
    draft.put(ModelDraft.NOTIFICATION, body);
    return template;
  }

  private static void mail(ObjectNode body, NotificationTemplate template, Findings findings) {
    Findings.initially(body, "recipientType", "email");
    if (!Documents.text(body, "recipientType").equals("email")) {
      findings.add("recipientType", "there are no users and roles to write to", "send email");
    }
    if (Documents.text(body, "editorType").equals("freemarker")) {
      findings.add(
          "editorType",
          "'freemarker' would run code of a caller here",
          "send richText, with terms");
    }
    if (template.subject().isBlank()) {
      findings.add("subject", "is missing", "send {\"en_US\": \"…\"}");
    }
    if (template.recipients().size() != 1) {
      findings.add("recipients", "must be one object", "send [{\"to\": {\"en_US\": \"…\"}}]");
    } else if (template.recipients().getFirst().to().isBlank()) {
      findings.add("recipients[0].to", "is missing", "send addresses, with commas between them");
    }
  }
}
