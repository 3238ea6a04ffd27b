package dev.lockstep.testkit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** A part of a connector in which one method behaves differently. */
final class Altered {
  private Altered() {}

  /** What the method does instead; {@code original} does what it did, with any arguments. */
  interface Instead {
    @Nullable Object call(Original original, Object[] arguments) throws Throwable;
  }

  /** The method as it was. */
  interface Original {
    @Nullable Object call(Object... arguments) throws Throwable;
  }

  static <T> T method(Class<T> type, T part, String name, Instead instead) {
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              Object[] given = arguments == null ? new Object[0] : arguments;
              return method.getName().equals(name)
                  ? instead.call(any -> invoke(method, part, any), given)
                  : invoke(method, part, given);
            });
    return type.cast(proxy);
  }

  private static @Nullable Object invoke(Method method, Object part, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(part, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
