package dev.lockstep.engine.mapping;

import static dev.cel.common.CelFunctionDecl.newFunctionDeclaration;
import static dev.cel.common.CelOverloadDecl.newGlobalOverload;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code ==}, {@code !=} and {@code in}, in place of the runtime's own, which know nothing of
 * decimals: numbers are equal by value whatever their types, values of different kinds are unequal.
 */
final class CelEquality {
  private static final List<CelType> NUMBERS =
      List.of(SimpleType.INT, SimpleType.DOUBLE, CelDecimal.TYPE);

  private CelEquality() {}

  static List<CelFunctionDecl> declarations() {
    return List.of(
        newFunctionDeclaration("_==_", overloads("equals")),
        newFunctionDeclaration("_!=_", overloads("not_equals")));
  }

  private static List<CelOverloadDecl> overloads(String name) {
    List<CelOverloadDecl> overloads = new ArrayList<>();
    for (CelType a : NUMBERS) {
      for (CelType b : NUMBERS) {
        if (!a.equals(b)) {
          String id = name + "_" + a.name() + "_" + b.name();
          overloads.add(newGlobalOverload(id, SimpleType.BOOL, a, b));
        }
      }
    }
    CelType list = ListType.create(SimpleType.DYN);
    overloads.add(
        newGlobalOverload(name + "_list_null", SimpleType.BOOL, list, SimpleType.NULL_TYPE));
    return overloads;
  }

  static List<CelFunctionBinding> bindings() {
    return List.of(
        CelFunctionBinding.from("_==_", Object.class, Object.class, CelEquality::equal),
        CelFunctionBinding.from("_!=_", Object.class, Object.class, (a, b) -> !equal(a, b)),
        CelFunctionBinding.from("@in", Object.class, Object.class, CelEquality::in));
  }

  private static boolean in(Object value, Object container) {
    return switch (container) {
      case List<?> list -> list.stream().anyMatch(element -> equal(value, element));
      case Map<?, ?> map -> map.keySet().stream().anyMatch(key -> equal(value, key));
      default ->
          throw new Unfit(
              "in needs a list or an object on its right", "write record.… in ['a', 'b']");
    };
  }

  private static boolean equal(@Nullable Object a, @Nullable Object b) {
    Optional<BigDecimal> number = number(a);
    if (number.isPresent()) {
      return number(b).filter(other -> number.get().compareTo(other) == 0).isPresent();
    }
    if (a instanceof List<?> list && b instanceof List<?> other) {
      return list.size() == other.size() && pairwise(list, other);
    }
    if (a instanceof Map<?, ?> map && b instanceof Map<?, ?> other) {
      return map.size() == other.size()
          && map.entrySet().stream()
              .allMatch(entry -> equal(entry.getValue(), other.get(entry.getKey())));
    }
    return a != null && a.equals(b);
  }

  private static boolean pairwise(List<?> a, List<?> b) {
    Iterator<?> other = b.iterator();
    return a.stream().allMatch(element -> equal(element, other.next()));
  }

  private static Optional<BigDecimal> number(@Nullable Object value) {
    return switch (value) {
      case CelDecimal decimal -> Optional.of(decimal.number());
      case Long number -> Optional.of(BigDecimal.valueOf(number));
      case Double number when Double.isFinite(number) -> Optional.of(BigDecimal.valueOf(number));
      case UnsignedLong number -> Optional.of(new BigDecimal(number.bigIntegerValue()));
      case null, default -> Optional.empty();
    };
  }
}
