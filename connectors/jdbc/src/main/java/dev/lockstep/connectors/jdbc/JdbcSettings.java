package dev.lockstep.connectors.jdbc;

import dev.lockstep.connector.Problem;
import dev.lockstep.connector.Secret;
import dev.lockstep.connector.Setting;
import dev.lockstep.connector.Setting.Form;
import dev.lockstep.connector.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The settings of one system, in their own types. */
public record JdbcSettings(
    String url,
    String user,
    Optional<Secret> password,
    String schema,
    List<String> tables,
    int connections,
    int fetchRows,
    Duration statementTimeout,
    Duration connectTimeout,
    Duration silence,
    List<String> init,
    boolean copy) {

  /** The settings as a connector declares them. */
  public static final List<Setting> SETTINGS =
      List.of(
          Setting.required(
              "url",
              new Form.Pattern(
                  "jdbc:(postgresql|mariadb|mysql|sqlite|h2):.+",
                  "jdbc:postgresql://db.example/finance"),
              "The database: jdbc:postgresql, jdbc:mariadb, jdbc:mysql, jdbc:sqlite or jdbc:h2."),
          Setting.optional("user", new Form.Text(), "The user to connect as."),
          Setting.optional("password", new Form.Hidden(), "The user's password."),
          Setting.optional(
              "schema",
              new Form.Text(),
              "The schema of tables named without one; by default the connection's own."),
          Setting.optional(
              "tables",
              new Form.ListOf(new Form.Text()),
              "The tables to discover and check, `*` standing for anything; by default all."),
          Setting.withDefault(
              "connections",
              new Form.Whole(1, 200),
              "6",
              "The most connections for reading at once, and as many again for writing."),
          Setting.withDefault(
              "fetchRows",
              new Form.Whole(1, 100_000),
              "1000",
              "How many rows the driver holds while it reads a table."),
          Setting.withDefault(
              "statementTimeout",
              new Form.Period(),
              "5m",
              "After what time a write or a lookup is cancelled and tried again; reads of whole"
                  + " tables have no limit."),
          Setting.withDefault(
              "connectTimeout", new Form.Period(), "10s", "How long to wait for a connection."),
          Setting.withDefault(
              "silence",
              new Form.Period(),
              "30s",
              "After what time without an answer a server is asked whether it is still there, and"
                  + " given up if it does not say so."),
          Setting.optional(
              "init",
              new Form.ListOf(new Form.Text()),
              "Statements to run on every new connection, such as `SET ROLE sync`."),
          Setting.withDefault(
              "copy",
              new Form.Flag(),
              "true",
              "PostgreSQL: read and write in bulk with COPY; turn it off where something between"
                  + " does not pass it."));

  public JdbcSettings {
    tables = List.copyOf(tables);
    init = List.copyOf(init);
  }

  /** The values of settings that passed their declaration. */
  public static JdbcSettings of(Settings settings) {
    return new JdbcSettings(
        settings.text("url"),
        settings.optionalText("user").orElse(""),
        settings.secret("password"),
        settings.optionalText("schema").orElse(""),
        settings.texts("tables"),
        (int) settings.whole("connections"),
        (int) settings.whole("fetchRows"),
        settings.period("statementTimeout"),
        settings.period("connectTimeout"),
        settings.period("silence"),
        settings.texts("init"),
        settings.flag("copy"));
  }

  /** What is wrong with settings that passed their declaration one by one; asks no database. */
  public static List<Problem> problems(Settings settings) {
    List<Problem> problems = new ArrayList<>();
    String url = settings.text("url");
    if (url.matches("jdbc:sqlite:(:memory:.*|file::memory:.*|.*mode=memory.*)")) {
      problems.add(
          new Problem(
              "url",
              "every connection to SQLite's :memory: opens a database of its own",
              "name a file: jdbc:sqlite:reports.db"));
    }
    if (url.matches("(?i).*[?&;]password=.*")) {
      problems.add(
          new Problem(
              "url",
              "the password stands in the url, where logs may show it",
              "move it to `password`, as in password: \"${DB_PASSWORD}\""));
    }
    return problems;
  }

  /** Whether discovery and the check look at a table. */
  boolean covers(String dataset) {
    return tables.isEmpty() || tables.stream().anyMatch(pattern -> matches(pattern, dataset));
  }

  private static boolean matches(String pattern, String name) {
    String regex = "\\Q" + pattern.replace("*", "\\E.*\\Q") + "\\E";
    return name.matches(regex);
  }
}
