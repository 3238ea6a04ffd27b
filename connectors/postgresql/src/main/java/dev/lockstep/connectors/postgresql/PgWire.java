package dev.lockstep.connectors.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a column's bytes are in COPY's binary form: a type, domains resolved, with its length or
 * precision. Printed as {@code varchar:14}, which both ends of a copy compare.
 *
 * @param modifier as in the catalog, -1 for none
 * @param shared whether the bytes mean the same on every server; false for types that hold numbers
 *     of one server's catalog, or that one server's settings give a meaning
 * @param required whether the column is never null; a declaration that was not looked into yet (NOT
 *     VALID) says nothing
 */
record PgWire(String type, int modifier, boolean shared, boolean required) {
  private static final String COLUMNS =
      """
      WITH RECURSIVE base(type, domain, modifier) AS (
        SELECT a.atttypid, a.attnum, a.atttypmod FROM pg_attribute a
        WHERE a.attrelid = ?::regclass AND a.attnum > 0 AND NOT a.attisdropped
        UNION ALL
        SELECT t.typbasetype, b.domain, CASE WHEN b.modifier >= 0 THEN b.modifier ELSE t.typtypmod END
        FROM base b JOIN pg_type t ON t.oid = b.type AND t.typtype = 'd')
      SELECT a.attname, t.typname, t.typtype, b.modifier,
        t.typtype = 'e' OR (t.oid < 16384 AND t.typtype IN ('b', 'r', 'm')) AS known,
        a.attnotnull AND NOT EXISTS (SELECT FROM pg_constraint n
          WHERE n.contype = 'n' AND NOT n.convalidated
            AND (n.conrelid = a.attrelid
              OR n.conrelid IN (SELECT relid FROM pg_partition_tree(a.attrelid)))) AS required
      FROM base b
      JOIN pg_type t ON t.oid = b.type AND t.typtype <> 'd'
      JOIN pg_attribute a ON a.attrelid = ?::regclass AND a.attnum = b.domain\
      """;

  /** Their bytes depend on the server. */
  private static final Set<String> LOCAL =
      Set.of("money", "_money", "aclitem", "_aclitem", "pg_node_tree");

  /** Wider types that hold every value of a narrower one, so that the source can cast. */
  private static final Map<String, Set<String>> WIDER =
      Map.of(
          "int2", Set.of("int4", "int8", "numeric"),
          "int4", Set.of("int8", "numeric"),
          "int8", Set.of("numeric"),
          "float4", Set.of("float8"));

  /** The columns of a table by name, in their order. */
  static Map<String, PgWire> columns(Connection connection, String quotedTable)
      throws SQLException {
    Map<String, PgWire> columns = new LinkedHashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
      statement.setString(1, quotedTable);
      statement.setString(2, quotedTable);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          columns.put(row.getString("attname"), of(row));
        }
      }
    }
    return columns;
  }

  private static PgWire of(ResultSet row) throws SQLException {
    String name = row.getString("typname");
    boolean isEnum = row.getString("typtype").equals("e");
    boolean local = LOCAL.contains(name) || name.startsWith("reg") || name.startsWith("_reg");
    return new PgWire(
        isEnum ? "enum " + name : name,
        row.getInt("modifier"),
        row.getBoolean("known") && (isEnum || !local),
        row.getBoolean("required"));
  }

  static PgWire parse(String text) {
    int colon = text.lastIndexOf(':');
    return new PgWire(
        text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)), true, false);
  }

  String text() {
    return type + ":" + modifier;
  }

  /**
   * How a column of this type is selected so that the other end receives its own; empty where that
   * could lose something or fail. A length or precision is compared, because the receiving end
   * would cut blanks and round without a word.
   */
  Optional<String> selectAs(PgWire wanted, String quoted) {
    if (type.equals(wanted.type)) {
      boolean fits =
          wanted.modifier < 0
              || wanted.modifier == modifier
              || (type.equals("varchar") && modifier >= 0 && wanted.modifier > modifier);
      return fits ? Optional.of(quoted) : Optional.empty();
    }
    if (isText(type) && isText(wanted.type)) {
      boolean fits = wanted.modifier < 0 || (modifier >= 0 && wanted.modifier >= modifier);
      return fits ? Optional.of(quoted) : Optional.empty();
    }
    return WIDER.getOrDefault(type, Set.of()).contains(wanted.type) && wanted.modifier < 0
        ? Optional.of(quoted + "::" + wanted.type)
        : Optional.empty();
  }

  private static boolean isText(String type) {
    return type.equals("text") || type.equals("varchar");
  }
}
