package dev.lockstep.engine.mapping;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.values.NullValue;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelMacroExprFactory;
import java.util.Optional;

/**
 * {@code default(x, y)}: {@code x}, or {@code y} where {@code x} is null or was not sent. A macro,
 * because reading a field that was not sent ends an expression: {@code default(record.a.b, y)}
 * reads {@code has(record.a) && record.a != null && has(record.a.b) && record.a.b != null ?
 * record.a.b : y}.
 */
final class CelDefault {
  static final CelMacro MACRO =
      CelMacro.newGlobalMacro(
          "default",
          2,
          (factory, target, arguments) ->
              Optional.of(expand(factory, arguments.get(0), arguments.get(1))));

  private CelDefault() {}

  private static CelExpr expand(CelMacroExprFactory factory, CelExpr value, CelExpr otherwise) {
    return factory.newGlobalCall("_?_:_", present(factory, value), factory.copy(value), otherwise);
  }

  private static CelExpr present(CelMacroExprFactory factory, CelExpr value) {
    CelExpr notNull =
        factory.newGlobalCall(
            "_!=_",
            factory.copy(value),
            factory.newConstant(CelConstant.ofValue(NullValue.NULL_VALUE)));
    if (value.getKind() != CelExpr.ExprKind.Kind.SELECT) {
      return notNull;
    }
    CelExpr operand = value.select().operand();
    CelExpr sent =
        factory.newGlobalCall(
            "_&&_",
            factory.newSelect(factory.copy(operand), value.select().field(), true),
            notNull);
    return operand.getKind() == CelExpr.ExprKind.Kind.SELECT
        ? factory.newGlobalCall("_&&_", present(factory, operand), sent)
        : sent;
  }
}
