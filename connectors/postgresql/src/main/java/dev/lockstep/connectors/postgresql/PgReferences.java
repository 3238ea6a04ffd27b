package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.Writer.Mode;
import dev.lockstep.connectors.jdbc.Column;
import dev.lockstep.connectors.jdbc.Dialect;
import dev.lockstep.connectors.jdbc.Item;
import dev.lockstep.connectors.jdbc.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Asks the database which items break a foreign key, all at once, where trying would find them one
 * by one.
 */
final class PgReferences {
  static final String STATE = "23503";

  private static final String QUERY =
      """
      SELECT k.conname, n.nspname, c.relname, pn.nspname, p.relname, k.condeferrable,
        ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY u(n, i)
          JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = u.n ORDER BY u.i),
        ARRAY(SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY u(n, i)
          JOIN pg_attribute a ON a.attrelid = p.oid AND a.attnum = u.n ORDER BY u.i)
      FROM pg_constraint k
      JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_class p ON p.oid = k.confrelid JOIN pg_namespace pn ON pn.oid = p.relnamespace
      WHERE k.contype = 'f' AND k.conparentid = 0 AND k.confmatchtype = 's'\
      """;

  private final Dialect dialect;
  private final List<Reference> all;

  private PgReferences(Dialect dialect, List<Reference> all) {
    this.dialect = dialect;
    this.all = all;
  }

  /** A foreign key. */
  private record Reference(
      String name,
      TableName child,
      TableName parent,
      boolean deferrable,
      List<String> from,
      List<String> to) {

    SQLException missing() {
      return new SQLException(
          "table "
              + child
              + " violates foreign key constraint \""
              + name
              + "\": what it refers to is not in table "
              + parent,
          STATE);
    }

    SQLException referred() {
      return new SQLException(
          "table "
              + parent
              + " violates foreign key constraint \""
              + name
              + "\": table "
              + child
              + " still refers to it",
          STATE);
    }
  }

  static PgReferences read(Connection connection, Dialect dialect) throws SQLException {
    List<Reference> all = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(QUERY);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        all.add(
            new Reference(
                row.getString(1),
                new TableName(row.getString(2), row.getString(3)),
                new TableName(row.getString(4), row.getString(5)),
                row.getBoolean(6),
                List.of((String[]) row.getArray(7).getArray()),
                List.of((String[]) row.getArray(8).getArray())));
      }
    }
    return new PgReferences(dialect, all);
  }

  /**
   * The items of a step that has been written which cannot stay so, by the keys that can wait; each
   * with the reason.
   */
  Map<Item, SQLException> broken(Connection connection, PgStep step) throws SQLException {
    return broken(connection, step, reference -> reference.deferrable);
  }

  /**
   * The items of a step that cannot be written as the database is now, each with the reason.
   *
   * @param waiting whether keys that can wait do
   */
  Map<Item, SQLException> barred(Connection connection, PgStep step, boolean waiting)
      throws SQLException {
    return broken(
        connection,
        step,
        reference ->
            // What refers to its own table may refer to another of the same step.
            !reference.parent.equals(reference.child) && !(waiting && reference.deferrable));
  }

  private Map<Item, SQLException> broken(
      Connection connection, PgStep step, Predicate<Reference> asked) throws SQLException {
    Map<Item, SQLException> broken = new LinkedHashMap<>();
    for (Reference reference : all) {
      if (asked.test(reference) && !step.items().isEmpty()) {
        if (step.isDelete()) {
          referred(connection, step, reference, broken);
        } else {
          missing(connection, step, reference, broken);
        }
      }
    }
    return broken;
  }

  private void missing(
      Connection connection, PgStep step, Reference reference, Map<Item, SQLException> broken)
      throws SQLException {
    Optional<List<Column>> columns = columns(step, reference.from);
    if (step.kind() != PgStep.Kind.PUT
        || step.task().mode() == Mode.UPDATE
        || !step.name().equals(reference.child)
        || columns.isEmpty()) {
      return;
    }
    String sql =
        source(columns.get())
            + " WHERE "
            + join(columns.get().size(), i -> "s.c" + i + " IS NOT NULL")
            + " AND NOT EXISTS "
            + there(reference.parent, reference.to);
    find(connection, sql, step, columns.get(), reference.missing(), broken);
  }

  private void referred(
      Connection connection, PgStep step, Reference reference, Map<Item, SQLException> broken)
      throws SQLException {
    Optional<List<Column>> columns = columns(step, reference.to);
    if (!step.name().equals(reference.parent) || columns.isEmpty()) {
      return;
    }
    String sql = source(columns.get()) + " WHERE EXISTS " + there(reference.child, reference.from);
    find(connection, sql, step, columns.get(), reference.referred(), broken);
  }

  /** The columns by name; empty unless the step's items have them all. */
  private static Optional<List<Column>> columns(PgStep step, List<String> names) {
    List<Column> columns =
        names.stream()
            .flatMap(name ->
                step.shape().columns().stream().filter(column -> column.name().equals(name)))
            .toList();
    return columns.size() == names.size() ? Optional.of(columns) : Optional.empty();
  }

  private static String source(List<Column> columns) {
    return "SELECT s.n FROM (SELECT "
        + IntStream.range(0, columns.size())
            .mapToObj(
                i -> "u.c" + i + "::" + ((PgCodec) columns.get(i).codec()).castType() + " AS c" + i)
            .collect(Collectors.joining(", "))
        + ", u.n::int - 1 AS n FROM unnest("
        + String.join(", ", columns.stream().map(column -> "?::text[]").toList())
        + ") WITH ORDINALITY AS u("
        + IntStream.range(0, columns.size())
            .mapToObj(i -> "c" + i)
            .collect(Collectors.joining(", "))
        + ", n)) AS s";
  }

  private String there(TableName table, List<String> names) {
    return "(SELECT FROM "
        + dialect.quote(table)
        + " AS t WHERE "
        + join(names.size(), i -> "t." + dialect.quote(names.get(i)) + " = s.c" + i)
        + ")";
  }

  private static String join(int count, IntFunction<String> each) {
    return IntStream.range(0, count).mapToObj(each).collect(Collectors.joining(" AND "));
  }

  private static void find(
      Connection connection,
      String sql,
      PgStep step,
      List<Column> columns,
      SQLException reason,
      Map<Item, SQLException> found)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < columns.size(); i++) {
        int place = step.shape().columns().indexOf(columns.get(i));
        PgCodec codec = (PgCodec) columns.get(i).codec();
        Object[] texts =
            step.items().stream()
                .map(item -> item.values()[place])
                .map(value -> value == null ? null : codec.print(value))
                .toArray();
        statement.setArray(
            i + 1,
            connection.createArrayOf("text", Arrays.copyOf(texts, texts.length, String[].class)));
      }
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          found.putIfAbsent(step.items().get(row.getInt(1)), reason);
        }
      }
    }
  }
}
