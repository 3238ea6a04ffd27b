package dev.lockstep.connectors.jdbc;

import dev.lockstep.connector.BulkReader.Page;
import dev.lockstep.connector.Cursor;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads through one statement, fetching some rows at a time, and holds its connection until closed.
 */
final class StreamCursor implements Cursor<Page> {
  private final Sessions sessions;
  private final Scan scan;
  private final int fetchRows;
  private final ResultRows.Tracker tracker;
  private Sessions.@Nullable Lease lease;
  private @Nullable ResultRows rows;
  private boolean ended;

  StreamCursor(Sessions sessions, Scan scan, Place after, int fetchRows) {
    this.sessions = sessions;
    this.scan = scan;
    this.fetchRows = fetchRows;
    this.tracker = new ResultRows.Tracker(after);
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
    ended = !held.run(connection -> rows(connection).fill(page, tracker));
    return page.isEmpty() ? Optional.empty() : Optional.of(page.page(tracker.place()));
  }

  private ResultRows rows(Connection connection) throws SQLException {
    ResultRows open = rows;
    if (open == null) {
      // PostgreSQL streams only inside a transaction.
      connection.setAutoCommit(false);
      sessions.dialect().beginRead(connection, scan.dataset());
      ScanSql.Sql sql =
          ScanSql.of(scan, sessions.dialect(), ScanSql.Parameters.INSTANCE, tracker.place(), 0);
      open = new ResultRows(connection, scan, sql, fetchRows);
      rows = open;
    }
    return open;
  }

  @Override
  public void close() {
    boolean isBusy = rows != null && !ended;
    ended = true;
    Sessions.Lease held = lease;
    lease = null;
    if (held != null) {
      // A driver would fetch what is left of the result before it lets go of it.
      held.abandon(isBusy);
      held.close();
    }
  }
}
