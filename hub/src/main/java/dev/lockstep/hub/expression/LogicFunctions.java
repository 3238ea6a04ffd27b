package dev.lockstep.hub.expression;

import dev.lockstep.hub.expression.NamedFunction.Takes;
import java.util.List;

/** Functions over values of any kind. */
final class LogicFunctions {
  /** Gives what its second and third argument are. */
  static final String CONDITION = "condition";

  private LogicFunctions() {}

  static List<NamedFunction> all() {
    return List.of(
        NamedFunction.of(
            CONDITION,
            Kind.ANY,
            a -> a.truth(0) ? a.value(1) : a.value(2),
            Takes.TRUTH,
            Takes.ANYTHING,
            Takes.ANYTHING),
        NamedFunction.of(
            "equals",
            Kind.BOOLEAN,
            a -> a.reading().equal(a.value(0), a.value(1)),
            Takes.ANYTHING,
            Takes.ANYTHING),
        NamedFunction.of(
            "isEmpty", Kind.BOOLEAN, a -> Reading.isBlank(a.value(0)), Takes.ANYTHING));
  }
}
