package dev.lockstep.hub.object;

import dev.lockstep.hub.expression.ExpressionFault;
import dev.lockstep.hub.expression.ExpressionProblem;
import dev.lockstep.hub.expression.Kind;
import dev.lockstep.hub.object.DefinedAction.Executor;
import dev.lockstep.hub.object.DefinedAction.Preset;
import dev.lockstep.hub.object.DefinedAction.Trigger;
import dev.lockstep.hub.outgoing.AddressRefused;
import dev.lockstep.hub.outgoing.Destinations;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Makes what was sent for an action into its part of a document. */
final class DraftAction {
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
  private final Definition definition;

  DraftAction(ModelDraft draft, Findings findings, Definition definition) {
    this.draft = draft;
    this.findings = findings;
    this.definition = definition;
  }

  void complete(ObjectNode action, String place) {
    Findings.initially(action, "active", true);
    Findings.initially(action, "system", false);
    findings.label(action, "label", place, "en_US", Documents.text(action, "name"));
    findings.oneOf(action, "objectActionTriggerKey", place, "", TRIGGERS);
    executor(Documents.text(action, "objectActionExecutorKey"), place);
    // Kept beside the document, and shown in it.
    ActionStates.show(action, ActionStates.NEVER_RAN);
    if (Secrets.isHidden(action)) {
      findings.add(
          place + "parameters.secret", "is the sign for a secret", "send the secret itself");
    }
    if (!action.path("parameters").isObject()) {
      action.putObject("parameters");
    }
    carriedOut(new DefinedAction(action), place);
  }

  private void executor(String executor, String place) {
    if (executor.equals("groovy")) {
      findings.add(
          place + "objectActionExecutorKey",
          "'groovy' would run code of a caller inside the server",
          "write the logic as a service of your own, and send 'function#' with its code, or"
              + " 'webhook'");
    } else if (!EXECUTORS.contains(executor) && !executor.startsWith(DefinedAction.FUNCTION)) {
      findings.add(
          place + "objectActionExecutorKey",
          executor.isEmpty() ? "is missing" : "'" + executor + "' executes nothing",
          "send one of webhook, notification, add-object-entry, update-object-entry, or function#"
              + " with its code");
    }
  }

  /** What would be saved as active and never happen is refused. */
  private void carriedOut(DefinedAction action, String place) {
    if (!action.active()) {
      return;
    }
    String trigger = Documents.text(action.body(), "objectActionTriggerKey");
    if (TRIGGERS.contains(trigger) && action.trigger().isEmpty()) {
      findings.add(
          place + "objectActionTriggerKey",
          "'" + trigger + "' is not taken yet: nothing would set it off",
          "send onAfterAdd, onAfterUpdate, onAfterDelete or standalone, or active: false to keep the"
              + " action for later");
    }
    String executor = Documents.text(action.body(), "objectActionExecutorKey");
    if (action.executor().isEmpty()
        && (EXECUTORS.contains(executor) || executor.startsWith(DefinedAction.FUNCTION))) {
      findings.add(
          place + "objectActionExecutorKey",
          "'" + executor + "' is not taken yet: nothing would carry it out",
          "send 'webhook' to a service that does it, or active: false to keep the action for later");
    }
    action.executor().ifPresent(known -> parameters(action, known, place + "parameters."));
  }

  private void parameters(DefinedAction action, Executor executor, String place) {
    switch (executor) {
      case WEBHOOK -> address(action, place);
      case NOTIFICATION -> template(action, place);
      // Which functions there are, the configuration says, which is another when it is sent.
      case FUNCTION -> {}
      case ADD_ENTRY, UPDATE_ENTRY -> entry(action, executor, place);
    }
  }

  private void address(DefinedAction action, String place) {
    try {
      Destinations.parse(action.url());
    } catch (AddressRefused refused) {
      findings.add(place + "url", refused.text(), refused.remedy());
    }
  }

  private void template(DefinedAction action, String place) {
    String type = action.parameter("type");
    Optional<NotificationTemplate> template = action.template(draft.model());
    if (!type.isEmpty() && !type.equals("email")) {
      findings.add(
          place + "type",
          "'" + type + "' is not sent: there are no users to show it to",
          "send email");
    } else if (template.isEmpty()) {
      findings.add(
          place + "notificationTemplateExternalReferenceCode",
          "there is no such notification template",
          "create it at /o/notification/v1.0/notification-templates first, or active: false to keep"
              + " the action for later");
    } else if (!template.get().isMail()) {
      findings.add(
          place + "notificationTemplateExternalReferenceCode",
          "the template " + template.get().name() + " is no mail",
          "send one of the type email");
    }
  }

  private void entry(DefinedAction action, Executor executor, String place) {
    Optional<Definition> found = target(action);
    if (found.isEmpty()) {
      findings.add(
          place + "objectDefinitionExternalReferenceCode",
          action.targetCode().isEmpty()
              ? "is missing"
              : "'" + action.targetCode() + "' is no object",
          "create that object first, or active: false to keep the action for later");
      return;
    }
    Definition target = found.get();
    boolean own = target.id() == definition.id();
    if (executor == Executor.UPDATE_ENTRY) {
      if (own && action.trigger().filter(it -> it == Trigger.DELETE).isPresent()) {
        findings.add(
            place + "objectDefinitionExternalReferenceCode",
            "an entry that was deleted cannot be changed",
            "send the code of a related object, or another trigger");
      }
      if (!own && Ties.between(draft.model(), definition, target).isEmpty()) {
        findings.add(
            place + "objectDefinitionExternalReferenceCode",
            "no relationship with one parent joins " + definition.name() + " to " + target.name(),
            "relate them first, or send the code of " + definition.name() + " itself");
      }
    }
    if (target.ofSites() && !definition.ofSites()) {
      findings.add(
          place + "objectDefinitionExternalReferenceCode",
          target.name() + " belongs to sites, and " + definition.name() + " to none",
          "send the code of an object without sites");
    }
    presets(action, target, executor, place);
  }

  private Optional<Definition> target(DefinedAction action) {
    String code = action.targetCode();
    if (code.equals(definition.code())
        || (code.isEmpty()
            && action.executor().filter(it -> it == Executor.UPDATE_ENTRY).isPresent())) {
      return Optional.of(definition);
    }
    return draft.model().byCode(code);
  }

  private void presets(
      DefinedAction action, Definition target, Executor executor, String parameters) {
    List<Preset> presets = action.presets();
    if (presets.isEmpty()) {
      findings.add(
          parameters + "predefinedValues",
          "gives no value",
          "send [{\"name\": a field, \"inputAsValue\": true, \"value\": its value}]");
    }
    for (int i = 0; i < presets.size(); i++) {
      String place = parameters + "predefinedValues[" + i + "].";
      Preset preset = presets.get(i);
      Optional<DefinedField> field = target.field(preset.name()).filter(it -> !it.system());
      boolean code =
          executor == Executor.ADD_ENTRY && preset.name().equals("externalReferenceCode");
      if (field.isEmpty() && !code && !refers(preset.name())) {
        findings.add(
            place + "name",
            "'" + preset.name() + "' is no field of " + target.name(),
            "send one of "
                + String.join(", ", target.ownFields().stream().map(DefinedField::name).toList()));
      } else if (field.filter(it -> it.businessType().isComputed()).isPresent()
          || field.filter(it -> it.businessType() == BusinessType.AUTO_INCREMENT).isPresent()) {
        findings.add(
            place + "name", "'" + preset.name() + "' is worked out by itself", "leave it out");
      }
      if (!preset.asItStands()) {
        expression(preset.value().asString(""), Kind.ANY, place + "value");
      }
    }
  }

  /** The field of a relationship may come with a document that follows. */
  private static boolean refers(String name) {
    return name.matches("r_[A-Za-z0-9]+_[A-Za-z0-9_]+(Id|ERC)");
  }

  private void expression(String script, Kind kind, String place) {
    try {
      EntryScope.problems(definition, script, kind)
          .forEach(it -> findings.add(place, place(it), it.remedy()));
    } catch (ExpressionFault fault) {
      findings.add(place, place(fault.problem()), fault.problem().remedy());
    }
  }

  private static String place(ExpressionProblem problem) {
    return "character " + problem.position() + ": " + problem.message();
  }
}
