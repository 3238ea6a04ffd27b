package dev.lockstep.hub.object;

import dev.lockstep.hub.expression.ExpressionFault;
import dev.lockstep.hub.expression.ExpressionProblem;
import dev.lockstep.hub.expression.Kind;
import dev.lockstep.hub.outgoing.AddressRefused;
import dev.lockstep.hub.outgoing.Destinations;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Makes what was sent for a rule, an action, a layout or a view into its part of a document. */
final class DraftPart {
  private static final List<String> TRIGGERS =
      List.of(
          "onAfterAdd",
          "onAfterAttachmentDownload",
          "onAfterDelete",
          "onAfterLogin",
          "onAfterRootUpdate",
          "onAfterUpdate",
          "standalone");
  private static final Set<String> EXECUTORS =
      Set.of("add-object-entry", "notification", "update-object-entry", "webhook");

  private final ModelDraft draft;
  private final Findings findings;
  private final PartKind kind;

  DraftPart(ModelDraft draft, Findings findings, PartKind kind) {
    this.draft = draft;
    this.findings = findings;
    this.kind = kind;
  }

  void complete(Definition definition, ObjectNode part, String place) {
    if (!part.has("id")) {
      part.put("id", draft.number());
      part.put("dateCreated", draft.moment());
    }
    part.put("dateModified", draft.moment());
    Findings.initially(part, "externalReferenceCode", ModelDraft.code());
    switch (kind) {
      case RULE -> rule(definition, part, place);
      case ACTION -> action(definition, part, place);
      case LAYOUT, VIEW -> {
        part.put("objectDefinitionId", definition.id());
        part.put("objectDefinitionExternalReferenceCode", definition.code());
      }
      case FIELD, RELATIONSHIP -> throw new IllegalStateException(kind.label());
    }
  }

  private void rule(Definition definition, ObjectNode rule, String place) {
    Findings.initially(rule, "active", true);
    Findings.initially(rule, "system", false);
    findings.label(rule, "name", place, "en_US", "");
    findings.label(rule, "errorLabel", place, "en_US", Documents.label(rule, "name"));
    findings.oneOf(
        rule,
        "outputType",
        place,
        "fullValidation",
        List.of("fullValidation", "partialValidation"));
    findings.oneOf(rule, "engine", place, "ddm", List.of("ddm", "compositeKey"));
    if (new DefinedRule(rule).isExpression()) {
      if (Documents.text(rule, "script").isBlank()) {
        findings.add(place + "script", "is missing", "send the expression that must hold");
      }
      condition(definition, rule, "script", place);
    }
  }

  /** An expression that is there must be one, over the fields of the definition. */
  private void condition(Definition definition, ObjectNode part, String name, String place) {
    String script = Documents.text(part, name);
    if (script.isBlank()) {
      return;
    }
    try {
      EntryScope.problems(definition, script, Kind.BOOLEAN)
          .forEach(it -> findings.add(place + name, place(it), it.remedy()));
    } catch (ExpressionFault fault) {
      findings.add(place + name, place(fault.problem()), fault.problem().remedy());
    }
  }

  private static String place(ExpressionProblem problem) {
    return "character " + problem.position() + ": " + problem.message();
  }

  private void action(Definition definition, ObjectNode action, String place) {
    Findings.initially(action, "active", true);
    Findings.initially(action, "system", false);
    findings.label(action, "label", place, "en_US", Documents.text(action, "name"));
    findings.oneOf(action, "objectActionTriggerKey", place, "", TRIGGERS);
    String executor = Documents.text(action, "objectActionExecutorKey");
    if (executor.equals("groovy")) {
      findings.add(
          place + "objectActionExecutorKey",
          "'groovy' would run code of a caller inside the server",
          "write the logic as a service of your own, and send 'function#' with its code, or"
              + " 'webhook'");
    } else if (!EXECUTORS.contains(executor) && !executor.startsWith("function#")) {
      findings.add(
          place + "objectActionExecutorKey",
          executor.isEmpty() ? "is missing" : "'" + executor + "' executes nothing",
          "send one of webhook, notification, add-object-entry, update-object-entry, or function#"
              + " with its code");
    }
    condition(definition, action, "conditionExpression", place);
    // Kept beside the document, and shown in it.
    ActionStates.show(action, ActionStates.NEVER_RAN);
    if (Secrets.isHidden(action)) {
      findings.add(
          place + "parameters.secret", "is the sign for a secret", "send the secret itself");
    }
    if (!action.path("parameters").isObject()) {
      action.putObject("parameters");
    }
    carriedOut(new DefinedAction(action), executor, place);
  }

  /** What would be saved as active and never happen is refused. */
  private void carriedOut(DefinedAction action, String executor, String place) {
    if (!action.active()) {
      return;
    }
    if ((EXECUTORS.contains(executor) && !action.isWebhook()) || executor.startsWith("function#")) {
      findings.add(
          place + "objectActionExecutorKey",
          "'" + executor + "' is not taken yet: nothing would carry it out",
          "send 'webhook' to a service that does it, or active: false to keep the action for later");
    }
    String trigger = Documents.text(action.body(), "objectActionTriggerKey");
    if (TRIGGERS.contains(trigger) && action.trigger().isEmpty()) {
      findings.add(
          place + "objectActionTriggerKey",
          "'" + trigger + "' is not taken yet: nothing would set it off",
          "send onAfterAdd, onAfterUpdate or onAfterDelete, or active: false to keep the action for"
              + " later");
    }
    if (action.isWebhook()) {
      try {
        Destinations.parse(action.url());
      } catch (AddressRefused refused) {
        findings.add(place + "parameters.url", refused.text(), refused.remedy());
      }
    }
  }
}
