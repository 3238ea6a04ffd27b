package dev.lockstep.hub.expression;

import dev.lockstep.hub.expression.NamedFunction.Takes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Functions over numbers. */
final class NumberFunctions {
  private NumberFunctions() {}

  static List<NamedFunction> all() {
    return List.of(
        NamedFunction.of(
            "between",
            Kind.BOOLEAN,
            NumberFunctions::between,
            Takes.NUMBER,
            Takes.NUMBER,
            Takes.NUMBER),
        NamedFunction.of("isDecimal", Kind.BOOLEAN, NumberFunctions::isDecimal, Takes.ANYTHING),
        NamedFunction.of("isInteger", Kind.BOOLEAN, NumberFunctions::isInteger, Takes.ANYTHING),
        ofNumbers("MAX", numbers -> Collections.max(numbers)),
        ofNumbers("max", numbers -> Collections.max(numbers)),
        ofNumbers("MIN", numbers -> Collections.min(numbers)),
        ofNumbers("min", numbers -> Collections.min(numbers)),
        NamedFunction.of(
            "pow",
            Kind.NUMBER,
            a -> Numbers.power(a.number(0), a.number(1)),
            Takes.NUMBER,
            Takes.NUMBER),
        ofNumbers(
            "sum",
            numbers -> Numbers.bounded(numbers.stream().reduce(BigDecimal.ZERO, BigDecimal::add))));
  }

  @FunctionalInterface
  private interface OfNumbers {
    BigDecimal of(List<BigDecimal> numbers) throws Unfit;
  }

  private static NamedFunction ofNumbers(String name, OfNumbers function) {
    return new NamedFunction(
        name,
        1,
        NamedFunction.ANY_NUMBER,
        List.of(Takes.NUMBERS),
        Kind.NUMBER,
        arguments -> function.of(numbers(arguments)));
  }

  /** The numbers of all arguments, those of lists included; one 0 where there is none. */
  private static List<BigDecimal> numbers(Arguments arguments) throws Unfit {
    List<BigDecimal> numbers = new ArrayList<>();
    for (int i = 0; i < arguments.count(); i++) {
      Object value = arguments.value(i);
      for (Object one :
          value instanceof List<?> several ? several : Collections.singletonList(value)) {
        numbers.add(arguments.reading().number(one));
      }
    }
    return numbers.isEmpty() ? List.of(BigDecimal.ZERO) : numbers;
  }

  private static boolean between(Arguments arguments) throws Unfit {
    BigDecimal number = arguments.number(0);
    return number.compareTo(arguments.number(1)) >= 0 && number.compareTo(arguments.number(2)) <= 0;
  }

  private static boolean isDecimal(Arguments arguments) throws Unfit {
    return Numbers.isNumber(arguments.text(0));
  }

  /** Whole numbers of 32 bits only, the smallest of them excepted: so it is in Liferay. */
  private static boolean isInteger(Arguments arguments) throws Unfit {
    try {
      return Integer.parseInt(arguments.text(0)) != Integer.MIN_VALUE;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
