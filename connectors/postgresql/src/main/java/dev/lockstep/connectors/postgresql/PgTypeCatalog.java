package dev.lockstep.connectors.postgresql;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Types by their number, as the log names them; asked for once each. Used by one thread. */
final class PgTypeCatalog {
  private static final String TYPES =
      """
      WITH RECURSIVE base(wanted, type, modifier) AS (
        SELECT oid, oid, -1 FROM pg_type WHERE oid = ANY (?::oid[])
        UNION ALL
        SELECT b.wanted, t.typbasetype, CASE WHEN b.modifier >= 0 THEN b.modifier ELSE t.typtypmod END
        FROM base b JOIN pg_type t ON t.oid = b.type AND t.typtype = 'd')
      SELECT b.wanted, b.modifier, t.oid, t.typname, t.typtype, format_type(t.oid, -1) AS cast_type,
        e.oid AS element_oid, e.typname AS element_name, e.typtype AS element_kind,
        format_type(e.oid, -1) AS element_cast
      FROM base b JOIN pg_type t ON t.oid = b.type AND t.typtype <> 'd'
      LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A' AND e.typtype <> 'd'\
      """;

  private final Map<Integer, PgTypes.Described> known = new HashMap<>();

  /** Looks up those of these types that are not known yet. */
  void learn(Connection connection, Collection<Integer> oids) throws SQLException {
    Long[] wanted =
        oids.stream()
            .filter(oid -> !known.containsKey(oid))
            .distinct()
            .map(Integer::toUnsignedLong)
            .toArray(Long[]::new);
    if (wanted.length == 0) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(TYPES)) {
      Array array = connection.createArrayOf("int8", wanted);
      statement.setArray(1, array);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          known.put((int) row.getLong("wanted"), described(row));
        }
      }
    }
  }

  private static PgTypes.Described described(ResultSet row) throws SQLException {
    int modifier = row.getInt("modifier");
    Optional<PgTypes.Described> element = Optional.empty();
    if (row.getString("element_name") != null) {
      element =
          Optional.of(
              new PgTypes.Described(
                  row.getString("element_name"),
                  row.getString("element_kind").charAt(0),
                  row.getString("element_cast"),
                  modifier,
                  (int) row.getLong("element_oid"),
                  Optional.empty()));
    }
    return new PgTypes.Described(
        row.getString("typname"),
        row.getString("typtype").charAt(0),
        row.getString("cast_type"),
        modifier,
        (int) row.getLong("oid"),
        element);
  }

  boolean knows(int oid) {
    return known.containsKey(oid);
  }

  /** How a column passes; empty when its type has been dropped since the log was written. */
  Optional<PgTypes.Mapped> mapped(int oid, int modifier) {
    return Optional.ofNullable(known.get(oid)).map(type -> PgTypes.of(with(type, modifier)));
  }

  /** A column's own modifier counts unless its type is a domain, which has none but its own. */
  private static PgTypes.Described with(PgTypes.Described type, int modifier) {
    int own = modifier >= 0 ? modifier : type.modifier();
    return new PgTypes.Described(
        type.name(),
        type.kind(),
        type.castType(),
        own,
        type.oid(),
        type.element().map(element -> with(element, own)));
  }
}
