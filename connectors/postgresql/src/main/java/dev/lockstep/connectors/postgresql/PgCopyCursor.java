package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.BulkReader.Page;
import dev.lockstep.connector.Cursor;
import dev.lockstep.connectors.jdbc.Column;
import dev.lockstep.connectors.jdbc.Intent;
import dev.lockstep.connectors.jdbc.PageBuilder;
import dev.lockstep.connectors.jdbc.Place;
import dev.lockstep.connectors.jdbc.Scan;
import dev.lockstep.connectors.jdbc.ScanSql;
import dev.lockstep.connectors.jdbc.Sessions;
import dev.lockstep.connectors.jdbc.UnfitException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Reads a partition through {@code COPY (SELECT ...) TO STDOUT (FORMAT binary)}, decoding rows as
 * they come.
 */
final class PgCopyCursor implements Cursor<Page> {
  private final Sessions sessions;
  private final Scan scan;
  private final List<PgCodec> codecs;
  private final List<Column> selected;
  private final Statement statement;
  private Place place;
  private Sessions.@Nullable Lease lease;
  private @Nullable CopyOut copy;
  private boolean begun;
  private boolean ended;

  /** Begins the read on a connection and answers the query that goes on after a place. */
  interface Statement {
    String from(Connection connection, Place place) throws SQLException;
  }

  PgCopyCursor(Sessions sessions, Scan scan, Place after) {
    this(
        sessions,
        scan,
        after,
        (connection, place) -> {
          sessions.dialect().beginRead(connection, scan.dataset());
          return ScanSql.of(scan, sessions.dialect(), PgLiterals.INSTANCE, place, 0).text();
        });
  }

  PgCopyCursor(Sessions sessions, Scan scan, Place after, Statement statement) {
    this.sessions = sessions;
    this.scan = scan;
    this.statement = statement;
    this.selected = scan.selected();
    this.codecs = selected.stream().map(column -> (PgCodec) column.codec()).toList();
    this.place = after;
  }

  @Override
  public Optional<Page> next() throws InterruptedException {
    if (ended) {
      return Optional.empty();
    }
    Sessions.Lease held = lease;
    if (held == null) {
      held = sessions.lease(Intent.read(scan.table().name()));
      lease = held;
    }
    PageBuilder page = new PageBuilder(scan);
    held.run(connection -> {
      fill(open(connection), page);
      return page;
    });
    return page.isEmpty() ? Optional.empty() : Optional.of(page.page(place));
  }

  private CopyOut open(Connection connection) throws SQLException {
    CopyOut open = copy;
    if (open == null) {
      String sql = statement.from(connection, place);
      open =
          connection
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyOut("COPY (" + sql + ") TO STDOUT (FORMAT binary)");
      copy = open;
    }
    return open;
  }

  private void fill(CopyOut from, PageBuilder page) throws SQLException {
    byte @Nullable [] last = null;
    while (!page.isFull()) {
      byte[] message = from.readFromCopy();
      if (message == null) {
        ended = true;
        break;
      }
      int start = begun ? 0 : PgCopyFormat.headerLength(message);
      begun = true;
      if (message.length > start && PgBuffer.getShort(message, start) >= 0) {
        decode(message, start + 2, page);
        last = message;
        count();
      }
    }
    if (last != null) {
      passed(last);
    }
  }

  private void decode(byte[] message, int from, PageBuilder page) {
    int at = from;
    @Nullable Object[] values = new @Nullable Object[scan.columns().size()];
    for (int i = 0; i < values.length; i++) {
      int length = PgBuffer.getInt(message, at);
      at += 4;
      if (length >= 0) {
        try {
          values[i] = codecs.get(i).decode(message, at, length);
        } catch (UnfitException e) {
          page.refuse(selected.get(i), e, texts(message));
          return;
        }
        at += length;
      }
    }
    page.add(values, message.length);
  }

  private void count() {
    if (scan.order().isEmpty()) {
      place = new Place.Count((place instanceof Place.Count(long rows) ? rows : 0) + 1);
    }
  }

  /** Takes the position out of a page's last row; the rows before it need none. */
  private void passed(byte[] message) {
    if (scan.order().isEmpty()) {
      return;
    }
    List<String> values = new ArrayList<>();
    List<int[]> fields = PgCopyFormat.fields(message);
    try {
      for (int i = scan.columns().size(); i < selected.size(); i++) {
        int[] field = fields.get(i);
        PgCodec codec = codecs.get(i);
        values.add(codec.print(codec.decode(message, field[0], field[1])));
      }
      place = new Place.After(values);
    } catch (UnfitException e) {
      // The row was reported as unreadable; a read that resumes meets it again.
      values.clear();
    }
  }

  private List<String> texts(byte[] message) {
    List<String> texts = new ArrayList<>();
    List<int[]> fields = PgCopyFormat.fields(message);
    for (int i = 0; i < scan.columns().size(); i++) {
      int[] field = fields.get(i);
      PgCodec codec = codecs.get(i);
      try {
        texts.add(field[1] < 0 ? "null" : codec.print(codec.decode(message, field[0], field[1])));
      } catch (UnfitException e) {
        texts.add("(" + e.fault() + ")");
      }
    }
    return texts;
  }

  @Override
  public void close() {
    ended = true;
    Sessions.Lease held = lease;
    lease = null;
    if (held != null) {
      held.abandon(copy != null && copy.isActive());
      held.close();
    }
  }
}
