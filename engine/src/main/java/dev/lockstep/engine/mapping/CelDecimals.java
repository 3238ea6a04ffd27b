package dev.lockstep.engine.mapping;

import static dev.cel.common.CelFunctionDecl.newFunctionDeclaration;
import static dev.cel.common.CelOverloadDecl.newGlobalOverload;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import java.util.ArrayList;
import java.util.List;

/**
 * What expressions can do with decimals: compare, add, subtract, multiply, round, divide to a
 * number of places. Beside a decimal, an int or float counts as the decimal it is written as.
 */
final class CelDecimals {
  private static final CelType DECIMAL = CelDecimal.TYPE;

  private final List<CelFunctionDecl> declarations = new ArrayList<>();
  private final List<CelFunctionBinding> bindings = new ArrayList<>();

  CelDecimals() {
    binary("_+_", "add", DECIMAL, (a, b) -> CelDecimal.of(a.number().add(b.number())));
    binary("_-_", "subtract", DECIMAL, (a, b) -> CelDecimal.of(a.number().subtract(b.number())));
    binary("_*_", "multiply", DECIMAL, (a, b) -> CelDecimal.of(a.number().multiply(b.number())));
    binary("_<_", "less", SimpleType.BOOL, (a, b) -> a.compareTo(b) < 0);
    binary("_<=_", "less_equals", SimpleType.BOOL, (a, b) -> a.compareTo(b) <= 0);
    binary("_>_", "greater", SimpleType.BOOL, (a, b) -> a.compareTo(b) > 0);
    binary("_>=_", "greater_equals", SimpleType.BOOL, (a, b) -> a.compareTo(b) >= 0);
    conversions();
    rounding();
  }

  List<CelFunctionDecl> declarations() {
    return declarations;
  }

  List<CelFunctionBinding> bindings() {
    return bindings;
  }

  private void binary(
      String operator,
      String name,
      CelType result,
      CelFunctionOverload.Binary<CelDecimal, CelDecimal> operation) {
    String id = name + "_decimal";
    add(
        operator,
        List.of(
            newGlobalOverload(id, result, DECIMAL, DECIMAL),
            newGlobalOverload(id + "_int", result, DECIMAL, SimpleType.INT),
            newGlobalOverload(id + "_double", result, DECIMAL, SimpleType.DOUBLE),
            newGlobalOverload(id + "_by_int", result, SimpleType.INT, DECIMAL),
            newGlobalOverload(id + "_by_double", result, SimpleType.DOUBLE, DECIMAL)),
        List.of(
            CelFunctionBinding.from(id, CelDecimal.class, CelDecimal.class, operation),
            CelFunctionBinding.from(
                id + "_int",
                CelDecimal.class,
                Long.class,
                (a, b) -> operation.apply(a, CelDecimal.of(b))),
            CelFunctionBinding.from(
                id + "_double",
                CelDecimal.class,
                Double.class,
                (a, b) -> operation.apply(a, CelDecimal.of(b))),
            CelFunctionBinding.from(
                id + "_by_int",
                Long.class,
                CelDecimal.class,
                (a, b) -> operation.apply(CelDecimal.of(a), b)),
            CelFunctionBinding.from(
                id + "_by_double",
                Double.class,
                CelDecimal.class,
                (a, b) -> operation.apply(CelDecimal.of(a), b))));
  }

  private void conversions() {
    add(
        "decimal",
        List.of(
            newGlobalOverload("string_to_decimal", DECIMAL, SimpleType.STRING),
            newGlobalOverload("int_to_decimal", DECIMAL, SimpleType.INT),
            newGlobalOverload("double_to_decimal", DECIMAL, SimpleType.DOUBLE),
            newGlobalOverload("decimal_to_decimal", DECIMAL, DECIMAL)),
        List.of(
            CelFunctionBinding.from("string_to_decimal", String.class, CelDecimal::parse),
            CelFunctionBinding.from("int_to_decimal", Long.class, CelDecimal::of),
            CelFunctionBinding.from("double_to_decimal", Double.class, CelDecimal::of),
            CelFunctionBinding.from("decimal_to_decimal", CelDecimal.class, same -> same)));
    single("string", "decimal_to_string", SimpleType.STRING, CelDecimal::toString);
    single("int", "decimal_to_int", SimpleType.INT, CelDecimal::truncated);
    single(
        "double",
        "decimal_to_double",
        SimpleType.DOUBLE,
        decimal -> decimal.number().doubleValue());
    single("-_", "negate_decimal", DECIMAL, d -> CelDecimal.of(d.number().negate()));
  }

  /** One more overload of a function that the language has already. */
  private void single(
      String function, String id, CelType result, CelFunctionOverload.Unary<CelDecimal> operation) {
    add(
        function,
        List.of(newGlobalOverload(id, result, DECIMAL)),
        List.of(CelFunctionBinding.from(id, CelDecimal.class, operation)));
  }

  private void rounding() {
    add(
        "round",
        List.of(
            newGlobalOverload("round_decimal", DECIMAL, DECIMAL, SimpleType.INT),
            newGlobalOverload("round_double", DECIMAL, SimpleType.DOUBLE, SimpleType.INT)),
        List.of(
            CelFunctionBinding.from(
                "round_decimal", CelDecimal.class, Long.class, CelDecimal::rounded),
            CelFunctionBinding.from(
                "round_double",
                Double.class,
                Long.class,
                (number, places) -> CelDecimal.of(number).rounded(places))));
    add(
        "divide",
        List.of(
            newGlobalOverload("divide_decimal", DECIMAL, DECIMAL, DECIMAL, SimpleType.INT),
            newGlobalOverload(
                "divide_decimal_int", DECIMAL, DECIMAL, SimpleType.INT, SimpleType.INT)),
        List.of(
            CelFunctionBinding.from(
                "divide_decimal",
                List.of(CelDecimal.class, CelDecimal.class, Long.class),
                args -> ((CelDecimal) args[0]).dividedBy((CelDecimal) args[1], (Long) args[2])),
            CelFunctionBinding.from(
                "divide_decimal_int",
                List.of(CelDecimal.class, Long.class, Long.class),
                args ->
                    ((CelDecimal) args[0])
                        .dividedBy(CelDecimal.of((Long) args[1]), (Long) args[2]))));
  }

  private void add(
      String function, List<CelOverloadDecl> overloads, List<CelFunctionBinding> implementations) {
    declarations.add(newFunctionDeclaration(function, overloads));
    bindings.addAll(CelGroup.of(function, implementations));
  }
}
