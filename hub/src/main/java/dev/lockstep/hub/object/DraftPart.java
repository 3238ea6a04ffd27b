package dev.lockstep.hub.object;

import dev.lockstep.hub.expression.ExpressionFault;
import dev.lockstep.hub.expression.ExpressionProblem;
import dev.lockstep.hub.expression.Kind;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Makes what was sent for a rule, an action, a layout or a view into its part of a document. */
final class DraftPart {
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
      case ACTION -> {
        condition(definition, part, "conditionExpression", place);
        new DraftAction(draft, findings, definition).complete(part, place);
      }
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
}
