package dev.lockstep.connectors.postgresql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** A type in the catalog, as the queries for tables and for the log's types read it. */
final class PgTypeRow {
  /** Every domain with the type beneath it, as {@code resolved(domain, type, modifier)}. */
  static final String DOMAINS =
      """
      WITH RECURSIVE base(domain, type, modifier) AS (
        SELECT oid, typbasetype, typtypmod FROM pg_type WHERE typtype = 'd'
        UNION ALL
        SELECT b.domain, t.typbasetype, CASE WHEN b.modifier >= 0 THEN b.modifier ELSE t.typtypmod END
        FROM base b JOIN pg_type t ON t.oid = b.type AND t.typtype = 'd'),
      resolved AS (
        SELECT base.* FROM base JOIN pg_type r ON r.oid = base.type AND r.typtype <> 'd')
      """;

  /** What {@link #read} needs of {@code t} and what {@link #ELEMENT} joins to it. */
  static final String SELECTED =
      """
      t.oid AS type_oid, t.typtype, format_type(t.oid, -1) AS cast_type,
      CASE WHEN t.typnamespace = 'pg_catalog'::regnamespace THEN t.typname ELSE '' END AS typname,
      d.oid AS element_oid, d.typdelim AS element_delimiter, db.modifier AS element_modifier,
      e.typtype AS element_kind, format_type(e.oid, -1) AS element_cast,
      CASE WHEN e.typnamespace = 'pg_catalog'::regnamespace THEN e.typname ELSE '' END AS element_name
      """;

  /** The element that {@code t} is an array of, as declared and resolved. */
  static final String ELEMENT =
      """
      LEFT JOIN pg_type d ON d.oid = t.typelem AND d.typarray = t.oid
      LEFT JOIN resolved db ON db.domain = d.oid
      LEFT JOIN pg_type e ON e.oid = coalesce(db.type, d.oid)
      """;

  private PgTypeRow() {}

  /** Reads a row of {@link #SELECTED} and {@code modifier}. */
  static PgTypes.Described read(ResultSet row) throws SQLException {
    int modifier = row.getInt("modifier");
    return new PgTypes.Described(
        row.getString("typname"),
        row.getString("typtype").charAt(0),
        row.getString("cast_type"),
        modifier,
        (int) row.getLong("type_oid"),
        ',',
        element(row, modifier));
  }

  private static Optional<PgTypes.Described> element(ResultSet row, int modifier)
      throws SQLException {
    if (row.getString("element_kind") == null) {
      return Optional.empty();
    }
    int own = row.getInt("element_modifier");
    boolean isDomain = !row.wasNull();
    return Optional.of(
        new PgTypes.Described(
            row.getString("element_name"),
            row.getString("element_kind").charAt(0),
            row.getString("element_cast"),
            isDomain ? own : modifier,
            (int) row.getLong("element_oid"),
            row.getString("element_delimiter").charAt(0),
            Optional.empty()));
  }
}
