package dev.lockstep.connectors.jdbc;

import dev.lockstep.connector.BulkReader;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Cursor;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Position;
import dev.lockstep.connector.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads tables in ranges of their key, in key order, so that a read resumes strictly after the last
 * key it saw. Every page (through COPY: every partition) sees the table as it was at one moment;
 * rows that change while a read goes on are seen before or after their change, and no row that was
 * there all the time is missed, because keys do not move.
 */
final class JdbcBulkReader implements BulkReader {
  private final Sessions sessions;
  private final Tables tables;
  private final JdbcSettings settings;
  private final System.Logger logger;

  JdbcBulkReader(Sessions sessions, Tables tables, JdbcSettings settings, System.Logger logger) {
    this.sessions = sessions;
    this.tables = tables;
    this.settings = settings;
    this.logger = logger;
  }

  @Override
  public List<Partition> plan(Request request, int parts) throws InterruptedException {
    Table table = tables.look(request.dataset()).orElseGet(() -> missing(request.dataset()));
    if (request.since().isPresent()
        && !canReadSince(request.dataset(), request.since().get().field())) {
      throw new ConnectorException(
          new Failure.Permanent(
              "table "
                  + request.dataset()
                  + " cannot be read since a value of '"
                  + request.since().get().field()
                  + "': it is no ordered column of the table"));
    }
    ReadPlan whole = ReadPlan.of(request);
    Scan scan = Scan.of(request.dataset(), table, whole, sessions.dialect());
    int most = Math.min(parts, settings.connections());
    List<String> bounds =
        most < 2 || table.key().isEmpty() || scan.order().getLast().name().equals(table.rowId())
            ? List.of()
            : sessions.read(
                Intent.read(table.name()),
                connection -> sessions.dialect().bounds(connection, table, most));
    return partitions(request.dataset(), whole, bounds);
  }

  private Table missing(DatasetId dataset) {
    throw Tables.missing(dataset);
  }

  private static List<Partition> partitions(
      DatasetId dataset, ReadPlan whole, List<String> bounds) {
    List<Partition> partitions = new ArrayList<>();
    for (int i = 0; i <= bounds.size(); i++) {
      Optional<String> from = i == 0 ? Optional.empty() : Optional.of(bounds.get(i - 1));
      Optional<String> to = i == bounds.size() ? Optional.empty() : Optional.of(bounds.get(i));
      partitions.add(new Partition(dataset, whole.part(from, to).token()));
    }
    return partitions;
  }

  @Override
  public Cursor<Page> read(Partition partition, Optional<Position> after)
      throws InterruptedException {
    ReadPlan plan = ReadPlan.parse(partition.token());
    Table table = tables.need(partition.dataset());
    Scan scan = Scan.of(partition.dataset(), table, plan, sessions.dialect());
    Place place = after.map(Place::of).orElse(Place.start());
    return sessions.dialect().cursor(sessions, scan, place, settings);
  }

  @Override
  public OptionalLong estimate(Request request) throws InterruptedException {
    if (request.since().isPresent()) {
      return OptionalLong.empty();
    }
    Table table = tables.need(request.dataset());
    return sessions.read(
        Intent.read(table.name()),
        connection -> RowEstimate.of(connection, sessions.dialect(), table));
  }

  @Override
  public boolean canReadSince(DatasetId dataset, String field) throws InterruptedException {
    Table table = tables.need(dataset);
    Optional<Column> column = table.column(field).filter(it -> isOrdered(it.type()));
    if (column.isPresent() && !table.indexed().contains(field)) {
      logger.log(
          System.Logger.Level.WARNING,
          "table {0} is read since a value of ''{1}'', which has no index, so that every read looks"
              + " at every row; run: CREATE INDEX ON {2} ({3})",
          dataset,
          field,
          sessions.dialect().quote(table.name()),
          sessions.dialect().quote(field));
    }
    return column.isPresent();
  }

  private static boolean isOrdered(Type type) {
    return switch (type) {
      case Type.Int(), Type.Float(), Type.Date(), Type.Time(), Type.DateTime(), Type.Timestamp() ->
          true;
      case Type.Decimal(int precision, int scale) -> true;
      case Type.Text(int length) -> true;
      case Type.Bool(), Type.Bytes(), Type.Json(), Type.Any() -> false;
      case Type.ListOf(Type element) -> false;
    };
  }
}
