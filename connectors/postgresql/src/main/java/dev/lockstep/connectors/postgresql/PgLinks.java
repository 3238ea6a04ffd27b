package dev.lockstep.connectors.postgresql;

import dev.lockstep.connectors.jdbc.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What ties rows of one table to rows of others, or of the same: foreign keys, and values that must
 * be unique beside the key.
 *
 * @param parents for each table those that it refers to
 * @param referenced the tables that are referred to
 * @param followed the tables whose deleted rows take others with them, or change them
 * @param unique the tables with more than one unique index, or an exclusion constraint
 * @param deferrable the tables with a constraint that can wait for the commit
 */
record PgLinks(
    Map<TableName, Set<TableName>> parents,
    Set<TableName> referenced,
    Set<TableName> followed,
    Set<TableName> unique,
    Set<TableName> deferrable) {

  static final PgLinks NONE = new PgLinks(Map.of(), Set.of(), Set.of(), Set.of(), Set.of());

  private static final String QUERY =
      """
      SELECT n.nspname, c.relname, pn.nspname, p.relname, k.confdeltype IN ('c', 'n', 'd'),
        k.condeferrable, false
      FROM pg_constraint k
      JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN (pg_class p JOIN pg_namespace pn ON pn.oid = p.relnamespace)
        ON p.oid = k.confrelid AND k.contype = 'f'
      WHERE k.contype = 'f' OR k.condeferrable
      UNION ALL
      SELECT n.nspname, c.relname, NULL, NULL, false, false, true
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname NOT IN ('pg_catalog', 'pg_toast') AND (
        (SELECT count(*) FROM pg_index i WHERE i.indrelid = c.oid AND i.indisunique) > 1
        OR EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisexclusion))\
      """;

  static PgLinks read(Connection connection) throws SQLException {
    PgLinks links =
        new PgLinks(
            new HashMap<>(), new HashSet<>(), new HashSet<>(), new HashSet<>(), new HashSet<>());
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(QUERY)) {
      while (row.next()) {
        links.add(row);
      }
    }
    return links;
  }

  private void add(ResultSet row) throws SQLException {
    TableName table = new TableName(row.getString(1), row.getString(2));
    if (row.getString(4) != null) {
      TableName parent = new TableName(row.getString(3), row.getString(4));
      parents.computeIfAbsent(table, t -> new HashSet<>()).add(parent);
      referenced.add(parent);
      if (row.getBoolean(5)) {
        followed.add(parent);
      }
    }
    if (row.getBoolean(6)) {
      deferrable.add(table);
    }
    if (row.getBoolean(7)) {
      unique.add(table);
    }
  }

  /** Tables with those first that others refer to; where references run in a circle, any of it. */
  List<TableName> parentsFirst(List<TableName> tables) {
    if (tables.size() < 2) {
      return tables;
    }
    Set<TableName> wanted = new LinkedHashSet<>(tables);
    Set<TableName> begun = new HashSet<>();
    List<TableName> ordered = new ArrayList<>(tables.size());
    for (TableName table : wanted) {
      visit(table, wanted, begun, ordered);
    }
    return ordered;
  }

  private void visit(
      TableName table, Set<TableName> wanted, Set<TableName> begun, List<TableName> ordered) {
    if (!begun.add(table)) {
      return;
    }
    Set<TableName> above = parents.getOrDefault(table, Set.of());
    for (TableName parent : wanted) {
      if (above.contains(parent)) {
        visit(parent, wanted, begun, ordered);
      }
    }
    ordered.add(table);
  }

  /**
   * Whether deletes from a table come before what is put into tables: its unique values may pass to
   * other rows. Where rows refer to the table they come after, because a row that is put may first
   * have to let go of one that is deleted.
   */
  boolean deletesFirst(TableName table) {
    return unique.contains(table) && !referenced.contains(table);
  }
}
