package dev.lockstep.hub.expression;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** One walk over an expression, with the values of one scope. */
final class Evaluation {
  private final Scope scope;
  private final Reading reading;
  private final Work work = new Work();

  Evaluation(Scope scope) {
    this.scope = scope;
    this.reading = new Reading(scope.zone());
  }

  Reading reading() {
    return reading;
  }

  Work work() {
    return work;
  }

  @Nullable Object value(Node node) {
    try {
      return switch (node) {
        case Node.Constant constant -> constant.value();
        case Node.Field field -> reading.carrier(scope.value(field.name()));
        case Node.OldField field -> reading.carrier(scope.oldValue(field.name()));
        case Node.CurrentUser _ -> reading.carrier(scope.currentUserId());
        case Node.CurrentDate _ -> LocalDate.ofInstant(scope.now().instant(), scope.zone());
        case Node.Not not -> !reading.truth(value(not.operand()));
        case Node.Minus minus -> reading.number(value(minus.operand())).negate();
        case Node.Chain chain -> chain(chain);
        case Node.Call call -> call.function().apply(new Arguments(call.arguments(), this));
      };
    } catch (Unfit unfit) {
      throw unfit.at(node.position());
    }
  }

  boolean truth(Node node) {
    try {
      return reading.truth(value(node));
    } catch (Unfit unfit) {
      throw unfit.at(node.position());
    }
  }

  private @Nullable Object chain(Node.Chain chain) {
    Object value = value(chain.first());
    for (Node.Step step : chain.steps()) {
      try {
        value = step(value, step);
      } catch (Unfit unfit) {
        throw unfit.at(step.position());
      }
    }
    return value;
  }

  private Object step(@Nullable Object left, Node.Step step) throws Unfit {
    return switch (step.operator()) {
      case OR -> reading.truth(left) || reading.truth(value(step.operand()));
      case AND -> reading.truth(left) && reading.truth(value(step.operand()));
      case EQUAL -> reading.equal(left, value(step.operand()));
      case NOT_EQUAL -> !reading.equal(left, value(step.operand()));
      case GREATER -> compared(left, step) > 0;
      case AT_LEAST -> compared(left, step) >= 0;
      case LESS -> compared(left, step) < 0;
      case AT_MOST -> compared(left, step) <= 0;
      case PLUS -> Numbers.bounded(reading.number(left).add(right(step)));
      case MINUS -> Numbers.bounded(reading.number(left).subtract(right(step)));
      case TIMES -> Numbers.bounded(reading.number(left).multiply(right(step)));
      case DIVIDED -> Numbers.divided(reading.number(left), right(step));
    };
  }

  private int compared(@Nullable Object left, Node.Step step) throws Unfit {
    return reading.number(left).compareTo(right(step));
  }

  private BigDecimal right(Node.Step step) throws Unfit {
    return reading.number(value(step.operand()));
  }
}
