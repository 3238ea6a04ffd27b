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
      PgTypeRow.DOMAINS
          + "SELECT "
          + PgTypeRow.SELECTED
          + """
          , w.oid AS wanted, coalesce(b.modifier, -1) AS modifier
          FROM pg_type w
          LEFT JOIN resolved b ON b.domain = w.oid
          JOIN pg_type t ON t.oid = coalesce(b.type, w.oid)
          """
          + PgTypeRow.ELEMENT
          + "WHERE w.oid = ANY (?::oid[])";

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
          known.put((int) row.getLong("wanted"), PgTypeRow.read(row));
        }
      }
    }
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
        type.delimiter(),
        type.element().map(element -> with(element, own)));
  }
}
