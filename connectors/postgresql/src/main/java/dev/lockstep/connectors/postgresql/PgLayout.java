package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.BulkReader.Partition;
import dev.lockstep.connector.DatasetId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a table lies in its files: the table itself, or the leaves of a partitioned one.
 *
 * @param leaves by their number in the catalog
 */
record PgLayout(Map<Long, Leaf> leaves) {
  /** About 16 MiB of rows, some hundred thousand narrow ones. */
  private static final long PIECE_BLOCKS = 2048;

  private static final long MOST_PIECES = 4096;

  private static final String LEAVES =
      """
      SELECT c.oid, format('%I.%I', n.nspname, c.relname) AS name, pg_relation_filenode(c.oid) AS file,
        pg_relation_size(c.oid) / current_setting('block_size')::bigint AS blocks, c.relkind,
        c.relrowsecurity, c.relhassubclass, has_table_privilege(c.oid, 'SELECT') AS readable
      FROM (SELECT relid FROM pg_partition_tree(?::regclass) UNION SELECT ?::regclass) x
      JOIN pg_class c ON c.oid = x.relid JOIN pg_namespace n ON n.oid = c.relnamespace
      ORDER BY c.oid\
      """;

  /**
   * One file of rows.
   *
   * @param file changes when all rows are written anew elsewhere
   */
  record Leaf(String name, long file, long blocks) {}

  /** What was found: a layout, or why the table has none that can be read by places. */
  sealed interface Found {
    record Readable(PgLayout layout) implements Found {}

    record Unfit(String reason) implements Found {}
  }

  /** A range of blocks of a leaf, the last one without an end. */
  record Piece(long leaf, long file, long from, Optional<Long> to) {
    private static final String VERSION = "blocks1";

    Partition partition(DatasetId dataset) {
      String end = to.map(String::valueOf).orElse("");
      return new Partition(
          dataset, String.join(" ", VERSION, "" + leaf, "" + file, "" + from, end));
    }

    static Optional<Piece> of(Partition partition) {
      String[] parts = partition.token().split(" ", -1);
      return parts.length == 5 && parts[0].equals(VERSION)
          ? Optional.of(
              new Piece(
                  Long.parseLong(parts[1]),
                  Long.parseLong(parts[2]),
                  Long.parseLong(parts[3]),
                  parts[4].isEmpty() ? Optional.empty() : Optional.of(Long.valueOf(parts[4]))))
          : Optional.empty();
    }

    String condition() {
      String start = "t.ctid >= '(" + from + ",0)'::tid";
      return to.map(end -> start + " AND t.ctid < '(" + end + ",0)'::tid").orElse(start);
    }
  }

  static Found of(Connection connection, String quotedTable) throws SQLException {
    Map<Long, Leaf> leaves = new LinkedHashMap<>();
    boolean partitioned = false;
    boolean secured = false;
    try (PreparedStatement statement = connection.prepareStatement(LEAVES)) {
      statement.setString(1, quotedTable);
      statement.setString(2, quotedTable);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          String kind = row.getString("relkind");
          secured |= row.getBoolean("relrowsecurity");
          partitioned |= kind.equals("p");
          if (kind.equals("p")) {
            continue;
          }
          Optional<String> unfit = unfit(row, kind);
          if (unfit.isPresent()) {
            return new Found.Unfit(row.getString("name") + " " + unfit.get());
          }
          leaves.put(
              row.getLong("oid"),
              new Leaf(row.getString("name"), row.getLong("file"), row.getLong("blocks")));
        }
      }
    }
    if (partitioned && secured) {
      return new Found.Unfit("a partition's rows are guarded by a policy");
    }
    return new Found.Readable(new PgLayout(leaves));
  }

  private static Optional<String> unfit(ResultSet row, String kind) throws SQLException {
    if (!kind.equals("r")) {
      return Optional.of("is no plain table");
    }
    if (row.getBoolean("relhassubclass")) {
      return Optional.of("has tables that inherit from it");
    }
    return row.getBoolean("readable")
        ? Optional.empty()
        : Optional.of("may not be read by itself by this user");
  }

  List<Piece> pieces() {
    long all = leaves.values().stream().mapToLong(Leaf::blocks).sum();
    long size = Math.max(PIECE_BLOCKS, all / MOST_PIECES + 1);
    List<Piece> pieces = new ArrayList<>();
    leaves.forEach((oid, leaf) -> {
      long from = 0;
      // A short rest is read with the piece before it.
      for (; leaf.blocks() - from > size + size / 2; from += size) {
        pieces.add(new Piece(oid, leaf.file(), from, Optional.of(from + size)));
      }
      pieces.add(new Piece(oid, leaf.file(), from, Optional.empty()));
    });
    return pieces;
  }

  /** Whether pieces that were planned earlier are still all there is. */
  boolean isCoveredBy(List<Partition> planned) {
    Set<Long> covered = new HashSet<>();
    for (Partition partition : planned) {
      Optional<Piece> piece = Piece.of(partition);
      Leaf leaf = piece.map(it -> leaves.get(it.leaf())).orElse(null);
      if (leaf == null || leaf.file() != piece.orElseThrow().file()) {
        return false;
      }
      covered.add(piece.orElseThrow().leaf());
    }
    return covered.equals(leaves.keySet());
  }
}
