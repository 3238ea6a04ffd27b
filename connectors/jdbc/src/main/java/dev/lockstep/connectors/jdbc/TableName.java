package dev.lockstep.connectors.jdbc;

import java.util.regex.Pattern;

/** Where a table is; the schema is empty where the database has none. */
public record TableName(String schema, String table) {
  private static final Pattern DOT = Pattern.compile("\\.");

  /** Splits {@code schema.table}; a name without a dot stands in the fallback schema. */
  public static TableName parse(String name, String fallbackSchema) {
    String[] parts = DOT.split(name, 2);
    return parts.length == 2
        ? new TableName(parts[0], parts[1])
        : new TableName(fallbackSchema, name);
  }

  /** The same schema, another table. */
  public TableName sibling(String other) {
    return new TableName(schema, other);
  }

  @Override
  public String toString() {
    return schema.isEmpty() ? table : schema + "." + table;
  }
}
