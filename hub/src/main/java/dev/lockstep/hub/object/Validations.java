package dev.lockstep.hub.object;

import dev.lockstep.hub.Entry;
import dev.lockstep.hub.EntryRules.Broken;
import dev.lockstep.hub.Rule;
import dev.lockstep.hub.expression.Expression;
import dev.lockstep.hub.expression.ExpressionFault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The expressions of a definition that entries must meet, parsed once. */
final class Validations {
  private final List<Check> checks = new ArrayList<>();
  private final List<ReadOnly> kept = new ArrayList<>();

  /**
   * @param at the fields at which it is told
   */
  private record Check(Expression expression, String message, String at) {}

  private record ReadOnly(Expression expression, String field) {}

  Validations(Definition definition) {
    for (DefinedRule rule : definition.rules()) {
      if (rule.active() && rule.isExpression()) {
        String at =
            definition.fields().stream()
                .filter(field -> rule.toldAt().contains(field.code()))
                .map(DefinedField::name)
                .collect(Collectors.joining(","));
        checks.add(new Check(Expression.parse(rule.script()), rule.message(), at));
      }
    }
    for (DefinedField field : definition.ownFields()) {
      field
          .readOnlyCondition()
          .ifPresent(script -> kept.add(new ReadOnly(Expression.parse(script), field.name())));
    }
  }

  List<Broken> broken(@Nullable Entry before, Entry after, Instant now) {
    List<Broken> broken = new ArrayList<>();
    EntryScope scope = new EntryScope(before, after, now);
    for (Check check : checks) {
      if (!holds(check.expression(), scope)) {
        broken.add(
            new Broken(
                Rule.VALIDATION, check.at(), check.message(), "meet: " + check.expression()));
      }
    }
    if (before != null) {
      EntryScope was = new EntryScope(null, before, now);
      for (ReadOnly field : kept) {
        boolean same =
            Objects.deepEquals(
                before.values().get(field.field()), after.values().get(field.field()));
        if (!same && holds(field.expression(), was)) {
          broken.add(
              new Broken(Rule.READ_ONLY, field.field(), "is read only now", "leave it as it is"));
        }
      }
    }
    return broken;
  }

  /** What cannot be evaluated of an entry does not hold of it. */
  private static boolean holds(Expression expression, EntryScope scope) {
    try {
      return expression.truth(scope);
    } catch (ExpressionFault unfit) {
      return false;
    }
  }
}
