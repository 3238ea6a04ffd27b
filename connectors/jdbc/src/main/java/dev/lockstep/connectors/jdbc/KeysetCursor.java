package dev.lockstep.connectors.jdbc;

import dev.lockstep.connector.BulkReader.Page;
import dev.lockstep.connector.Cursor;
import java.util.Optional;

/** Reads page by page, each by a statement of its own, and holds nothing in between. */
final class KeysetCursor implements Cursor<Page> {
  private final Sessions sessions;
  private final Scan scan;
  private final int fetchRows;
  private final ResultRows.Tracker tracker;
  private boolean ended;

  KeysetCursor(Sessions sessions, Scan scan, Place after, int fetchRows) {
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
    PageBuilder page = new PageBuilder(scan);
    sessions.read(
        Intent.read(scan.table().name()),
        connection -> {
          ScanSql.Sql sql =
              ScanSql.of(
                  scan,
                  sessions.dialect(),
                  ScanSql.Parameters.INSTANCE,
                  tracker.place(),
                  scan.plan().pageRows());
          try (ResultRows rows = new ResultRows(connection, scan, sql, fetchRows)) {
            ended = !rows.fill(page, tracker) && page.size() < scan.plan().pageRows();
          }
          return page;
        });
    return page.isEmpty() ? Optional.empty() : Optional.of(page.page(tracker.place()));
  }

  @Override
  public void close() {
    ended = true;
  }
}
