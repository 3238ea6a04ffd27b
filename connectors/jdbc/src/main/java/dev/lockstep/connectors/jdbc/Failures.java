package dev.lockstep.connectors.jdbc;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Problem;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Turns a database's errors into failures that say what to do. */
public record Failures(Dialect dialect, String user) {

  /**
   * The failure to throw; an interrupt of this thread, which is what cut the statement short, comes
   * first.
   */
  public ConnectorException of(SQLException e, Intent intent) throws InterruptedException {
    if (Thread.interrupted()) {
      throw (InterruptedException) new InterruptedException("while " + said(intent)).initCause(e);
    }
    return new ConnectorException(failure(e, intent), e);
  }

  private static String said(Intent intent) {
    return intent.verb() + (intent.what().equals("the database") ? " " : " table ") + intent.what();
  }

  private Failure failure(SQLException e, Intent intent) {
    String message = said(intent) + ": " + text(e);
    return switch (dialect.fault(e)) {
      case TRANSIENT -> Failure.Transient.of(message);
      case CREDENTIALS -> misconfigured("user", message, "correct `user` and `password`, or `url`");
      case PRIVILEGE -> misconfigured("", message, "run: " + dialect.grant(intent, grantee()));
      case MISSING ->
          misconfigured(
              "", message, "create it, as `lockstep check` shows, or correct the name in the sync");
      case ALTERED ->
          misconfigured(
              "", message, "the table was altered while it was in use: start the sync again");
      case DATA, PERMANENT -> new Failure.Permanent(message);
    };
  }

  private String grantee() {
    return user.isEmpty() ? "the user" : dialect.quote(user);
  }

  /** A failure that a person mends: the setting at fault or none, what is wrong, what to do. */
  public static Failure misconfigured(String setting, String message, String remedy) {
    return new Failure.Misconfigured(List.of(new Problem(setting, message, remedy)));
  }

  /** One line that keeps what the database said, and its code. */
  public static String text(SQLException e) {
    String message = Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
    String line = message.replaceAll("\\s*\\R\\s*", " ").strip();
    String state = Optional.ofNullable(e.getSQLState()).orElse("");
    return state.isEmpty() || line.contains(state) ? line : line + " (" + state + ")";
  }
}
