package dev.lockstep.hub.expression;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every function by its name. Capitals count, as in Liferay. */
final class Functions {
  /** Not a function like the others: its argument is the name of a field, not the value. */
  static final String OLD_VALUE = "oldValue";

  private static final Map<String, NamedFunction> BY_NAME = new TreeMap<>();

  static {
    Stream.of(LogicFunctions.all(), TextFunctions.all(), NumberFunctions.all(), DateFunctions.all())
        .flatMap(List::stream)
        .forEach(function -> BY_NAME.put(function.name(), function));
  }

  private Functions() {}

  static @Nullable NamedFunction named(String name) {
    return BY_NAME.get(name);
  }

  static Set<String> names() {
    Set<String> names = new TreeSet<>(BY_NAME.keySet());
    names.add(OLD_VALUE);
    return names;
  }
}
