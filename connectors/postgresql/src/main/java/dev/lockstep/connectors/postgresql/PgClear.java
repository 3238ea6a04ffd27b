package dev.lockstep.connectors.postgresql;

import dev.lockstep.connectors.jdbc.Dialect;
import dev.lockstep.connectors.jdbc.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Empties tables: all by one TRUNCATE, or row by row where the user may not truncate, or where a
 * table that is not among them refers to one.
 */
final class PgClear {
  private static final Set<String> CANNOT_TRUNCATE = Set.of("42501", "0A000");

  private final Connection connection;
  private final Dialect dialect;
  private final PgApply apply;

  PgClear(Connection connection, Dialect dialect, PgApply apply) {
    this.connection = connection;
    this.dialect = dialect;
    this.apply = apply;
  }

  void run(List<TableName> parentsFirst) throws SQLException {
    if (parentsFirst.isEmpty()) {
      return;
    }
    apply.at(parentsFirst.getFirst());
    PgSession.execute(connection, PgSession.SAVE);
    try {
      PgSession.execute(
          connection,
          parentsFirst.stream()
              .map(dialect::quote)
              .collect(Collectors.joining(", ", "TRUNCATE ", "")));
      PgSession.execute(connection, PgSession.KEEP);
    } catch (SQLException e) {
      if (!CANNOT_TRUNCATE.contains(e.getSQLState())) {
        throw e;
      }
      PgSession.execute(connection, PgSession.UNDO);
      for (TableName table : parentsFirst.reversed()) {
        apply.at(table);
        PgSession.execute(connection, "DELETE FROM " + dialect.quote(table));
      }
    }
  }
}
