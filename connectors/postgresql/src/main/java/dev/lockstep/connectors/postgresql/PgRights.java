package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.Problem;
import dev.lockstep.connectors.jdbc.Dialect;
import dev.lockstep.connectors.jdbc.Intent;
import dev.lockstep.connectors.jdbc.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The privileges that following changes takes. */
final class PgRights {
  private static final String MAY_READ = "SELECT has_table_privilege(?::regclass, 'SELECT')";

  private static final String OWNS =
      "SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = ?::regclass";

  private static final String MAY_CREATE = "SELECT has_database_privilege(current_database(), ?)";

  private PgRights() {}

  static List<Problem> reading(
      Connection connection, Dialect dialect, String user, List<TableName> tables)
      throws SQLException {
    List<Problem> problems = new ArrayList<>();
    for (TableName table : tables) {
      if (!is(connection, MAY_READ, dialect.quote(table))) {
        problems.add(
            new Problem(
                "user",
                "user " + user + " may not read table " + table,
                "run: " + dialect.grant(Intent.read(table), dialect.quote(user))));
      }
    }
    return problems;
  }

  /** What keeps the user from making a publication of tables. */
  static List<Problem> publishing(
      Connection connection,
      Dialect dialect,
      String user,
      PgLogReader.Place place,
      List<TableName> tables)
      throws SQLException {
    List<Problem> problems = new ArrayList<>();
    if (!is(connection, MAY_CREATE, "CREATE")) {
      problems.add(
          new Problem(
              "user",
              "user " + user + " may not make a publication in database " + place.database(),
              "run: GRANT CREATE ON DATABASE "
                  + dialect.quote(place.database())
                  + " TO "
                  + dialect.quote(user)));
    }
    List<TableName> others = new ArrayList<>();
    for (TableName table : tables) {
      if (!is(connection, OWNS, dialect.quote(table))) {
        others.add(table);
      }
    }
    if (!others.isEmpty()) {
      problems.add(
          new Problem(
              "publication",
              "only their owners may publish " + others,
              byAnother(dialect, place.names().publication(), tables)));
    }
    return problems;
  }

  /** The statement that the tables' owner may run instead. */
  static String byAnother(Dialect dialect, String publication, List<TableName> tables) {
    return "as the owner of the tables run: "
        + PgPublication.create(dialect, publication, tables)
        + ", and name it in `publication`";
  }

  private static boolean is(Connection connection, String query, String of) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, of);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }
}
