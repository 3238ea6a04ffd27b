package dev.lockstep.testkit;

import dev.lockstep.connector.Connection;
import dev.lockstep.connector.ConnectorSpec;
import dev.lockstep.testkit.Altered.Instead;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A connector gone wrong, and the test of the suite that must fail because of it. */
record Defect(
    String what,
    String caughtBy,
    UnaryOperator<Connection> connection,
    UnaryOperator<ConnectorSpec> spec) {

  static Defect of(String what, String caughtBy, UnaryOperator<Connection> connection) {
    return new Defect(what, caughtBy, connection, UnaryOperator.identity());
  }

  /** A defect in one method of one role. */
  static <T> Defect in(
      String role, Class<T> type, String method, String what, String caughtBy, Instead instead) {
    return of(
        what, caughtBy, role(role, type, part -> Altered.method(type, part, method, instead)));
  }

  /** Replaces a role of a connection. */
  static <T> UnaryOperator<Connection> role(String role, Class<T> type, UnaryOperator<T> altered) {
    return connection ->
        Altered.method(
            Connection.class,
            connection,
            role,
            (original, arguments) ->
                ((Optional<?>) answer(original, arguments)).map(type::cast).map(altered));
  }

  static Object answer(Altered.Original original, Object[] arguments) throws Throwable {
    Object answer = original.call(arguments);
    if (answer == null) {
      throw new AssertionError("the unaltered method answered null");
    }
    return answer;
  }
}
