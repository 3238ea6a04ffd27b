package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.FormRows;
import dev.lockstep.connector.FormWriter.Into;
import dev.lockstep.connector.Row;
import dev.lockstep.connectors.jdbc.Column;
import dev.lockstep.connectors.jdbc.Scan;
import dev.lockstep.connectors.jdbc.Table;
import dev.lockstep.connectors.jdbc.UnfitException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Encodes rows as they come for {@code COPY ... FROM STDIN (FORMAT binary)}. One thread. */
final class PgRowCopy {
  private static final int CHUNK = 64 << 10;

  private final Column[] columns;
  private final PgCodec[] codecs;
  private final FormRows rows;
  private final PgBuffer out = new PgBuffer(CHUNK + (CHUNK >> 2));

  private PgRowCopy(List<Column> columns, FormRows rows) {
    this.columns = columns.toArray(Column[]::new);
    this.codecs = columns.stream().map(PgRowCopy::codec).toArray(PgCodec[]::new);
    this.rows = rows;
  }

  private static PgCodec codec(Column column) {
    return (PgCodec) column.codec();
  }

  /** Whether every column receives what its codec sends. */
  static boolean takes(Table table, Into into) {
    return columns(table, into).stream().allMatch(column -> codec(column).isBinary());
  }

  static PgRowCopy of(Table table, Into into, FormRows rows) {
    return new PgRowCopy(columns(table, into), rows);
  }

  private static List<Column> columns(Table table, Into into) {
    return into.fields().stream().map(field -> Scan.need(table, field)).toList();
  }

  /** A row holds what its column cannot. */
  static final class UnfitRow extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String reason;

    UnfitRow(String reason) {
      super(reason, null, false, false);
      this.reason = reason;
    }

    String reason() {
      return reason;
    }
  }

  /** Copies to the end, and answers how many records that were; throws {@link UnfitRow}. */
  long run(Connection connection, String sql) throws SQLException, InterruptedException {
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
    try {
      PgCopyFormat.header(out);
      long records = 0;
      for (Optional<List<Row>> some = rows.next(); some.isPresent(); some = rows.next()) {
        put(copy, some.get());
        records += some.get().size();
      }
      PgCopyFormat.trailer(out);
      flush(copy);
      copy.endCopy();
      return records;
    } finally {
      out.clear();
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private void put(CopyIn copy, List<Row> some) throws SQLException {
    for (Row row : some) {
      put(row.values());
      if (out.size() >= CHUNK) {
        flush(copy);
      }
    }
  }

  private void flush(CopyIn copy) throws SQLException {
    copy.writeToCopy(out.bytes(), 0, out.size());
    out.clear();
  }

  private void put(@Nullable Object[] values) {
    out.putShort(codecs.length);
    for (int i = 0; i < codecs.length; i++) {
      int start = out.size();
      out.putInt(-1);
      Object value = values[i];
      if (value != null) {
        codecs[i].encode(out, fit(i, value));
        out.putIntAt(start, out.size() - start - 4);
      }
    }
  }

  private Object fit(int i, Object value) {
    if (value == Row.ABSENT) {
      throw new UnfitRow("column " + columns[i].name() + " was not sent");
    }
    try {
      return codecs[i].fit(value);
    } catch (UnfitException e) {
      throw new UnfitRow("column " + columns[i].name() + ": " + e.fault());
    }
  }
}
