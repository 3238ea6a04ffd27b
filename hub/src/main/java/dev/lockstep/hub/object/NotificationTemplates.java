package dev.lockstep.hub.object;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The templates of messages that actions send. */
public final class NotificationTemplates extends NamedDocuments<NotificationTemplate> {
  NotificationTemplates(Definitions definitions) {
    super(definitions, ModelDraft.NOTIFICATION);
  }

  @Override
  List<NotificationTemplate> of(Model model) {
    return model.templates();
  }

  @Override
  NotificationTemplate read(ObjectNode body) {
    return new NotificationTemplate(body);
  }

  @Override
  void requireUnused(Model model, NotificationTemplate template) {
    for (Definition definition : model.definitions()) {
      for (DefinedAction action : definition.actions()) {
        if (action.active() && action.isOf(template)) {
          throw ModelRefused.conflict(
              "",
              "the action " + action.name() + " of " + definition.name() + " sends it",
              "delete that action first, or set it to active: false");
        }
      }
    }
  }

  @Override
  NotificationTemplate checked(ModelDraft draft, ObjectNode body) {
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
