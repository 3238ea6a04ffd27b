package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.BulkReader.Page;
import dev.lockstep.connector.BulkReader.Partition;
import dev.lockstep.connector.BulkReader.Request;
import dev.lockstep.connector.Cursor;
import dev.lockstep.connector.FormBytes;
import dev.lockstep.connector.FormReader.FormRead;
import dev.lockstep.connector.FormReader.Selection;
import dev.lockstep.connectors.jdbc.Column;
import dev.lockstep.connectors.jdbc.Intent;
import dev.lockstep.connectors.jdbc.Place;
import dev.lockstep.connectors.jdbc.Scan;
import dev.lockstep.connectors.jdbc.Sessions;
import dev.lockstep.connectors.jdbc.Table;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** One snapshot of one table, read piece by piece. */
final class PgFormRead implements FormRead {
  private final Sessions sessions;
  private final Table table;
  private final PgLayout layout;
  private final Map<String, PgWire> columns;
  private final PgMoment moment;

  PgFormRead(
      Sessions sessions,
      Table table,
      PgLayout layout,
      Map<String, PgWire> columns,
      PgMoment moment) {
    this.sessions = sessions;
    this.table = table;
    this.layout = layout;
    this.columns = columns;
    this.moment = moment;
  }

  @Override
  public String moment() {
    return moment.text();
  }

  @Override
  public FormBytes bytes(Selection selection, Partition piece, Optional<String> since)
      throws InterruptedException {
    return copy(selection, place(piece, since), " AND ");
  }

  @Override
  public FormBytes all(Selection selection) throws InterruptedException {
    return copy(selection, sessions.dialect().quote(table.name()) + " t", " WHERE ");
  }

  /**
   * @param with what joins a further condition to a place
   */
  private FormBytes copy(Selection selection, String from, String with)
      throws InterruptedException {
    List<String> selected = PgFormReader.selected(columns, selection, sessions.dialect());
    Optional<PgFilter.Written.Sql> condition =
        PgFormReader.condition(columns, selection, sessions.dialect());
    String sql =
        "SELECT "
            + String.join(", ", selected)
            + " FROM "
            + from
            + condition.map(it -> with + it.condition()).orElse("");
    PgFormBytes.Sent sent =
        new PgFormBytes.Sent(
            "COPY (" + sql + ") TO STDOUT (FORMAT binary)", condition.map(it -> count(it, from)));
    return new PgFormBytes(
        sessions.lease(intent()),
        connection -> {
          moment.enter(connection);
          return sent;
        });
  }

  /**
   * Invariant 5: what is left out is counted as well, in the snapshot in which the rest is sent.
   */
  private static String count(PgFilter.Written.Sql filter, String from) {
    String undecided =
        filter.decides() ? "0" : "count(*) FILTER (WHERE " + filter.condition() + " IS NULL)";
    return "SELECT count(*), " + undecided + " FROM " + from;
  }

  private Intent intent() {
    return Intent.read(table.name());
  }

  private String place(Partition partition, Optional<String> since) {
    PgLayout.Piece piece = PgLayout.Piece.of(partition).orElseThrow();
    String leaf = Objects.requireNonNull(layout.leaves().get(piece.leaf())).name();
    String unseen = since.map(earlier -> " AND " + moment.notSeenAt(earlier)).orElse("");
    return leaf + " t WHERE " + piece.condition() + unseen;
  }

  @Override
  public Cursor<Page> rows(Request request, Partition piece, Optional<String> since, long after) {
    Scan scan = Scan.unordered(request, table);
    String selected =
        scan.columns().stream().map(this::decodable).collect(Collectors.joining(", "));
    String sql = "SELECT " + selected + " FROM " + place(piece, since);
    return new PgCopyCursor(
        sessions,
        scan,
        new Place.Count(after),
        (connection, place) -> {
          moment.enter(connection);
          return place instanceof Place.Count(long rows) && rows > 0
              ? sql + " OFFSET " + rows
              : sql;
        });
  }

  private String decodable(Column column) {
    return ((PgCodec) column.codec()).copySelect("t." + sessions.dialect().quote(column.name()));
  }

  @Override
  public void close() {
    moment.close();
  }
}
