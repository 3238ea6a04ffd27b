package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.BulkReader.Partition;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.FormReader;
import dev.lockstep.connector.Position;
import dev.lockstep.connectors.jdbc.Dialect;
import dev.lockstep.connectors.jdbc.Intent;
import dev.lockstep.connectors.jdbc.JdbcConnection;
import dev.lockstep.connectors.jdbc.Sessions;
import dev.lockstep.connectors.jdbc.Table;
import dev.lockstep.connectors.jdbc.Tables;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postgresql.PGConnection;

/**
 * Sends tables through COPY as they lie, in ranges of blocks, all seen in one snapshot. A piece
 * that is read again in a later snapshot brings what that snapshot sees and the earlier did not: a
 * row that has moved from a piece not yet read to one that was read is new there.
 */
final class PgFormReader implements FormReader {
  /** The first with scans of ranges of blocks. */
  private static final int OLDEST = 14;

  private static final String UTF8 = "UTF8";

  private final Sessions sessions;
  private final Tables tables;

  PgFormReader(JdbcConnection connection) {
    this.sessions = connection.sessions();
    this.tables = connection.tables();
  }

  @Override
  public Optional<String> declines(DatasetId dataset) throws InterruptedException {
    Table table = tables.need(dataset);
    String name = sessions.dialect().quote(table.name());
    return sessions.read(Intent.read(table.name()), connection -> unreadable(connection, name));
  }

  private static Optional<String> unreadable(Connection connection, String table)
      throws SQLException {
    if (connection.getMetaData().getDatabaseMajorVersion() < OLDEST) {
      return Optional.of("the source is older than PostgreSQL " + OLDEST);
    }
    return PgLayout.of(connection, table) instanceof PgLayout.Found.Unfit(String reason)
        ? Optional.of(reason)
        : Optional.empty();
  }

  @Override
  public Optional<String> declines(Selection selection) throws InterruptedException {
    if (!selection.form().protocol().equals(PgFormWriter.PROTOCOL)) {
      return Optional.of("source and target do not speak the same form");
    }
    Table table = tables.need(selection.dataset());
    String name = sessions.dialect().quote(table.name());
    return sessions.read(
        Intent.read(table.name()),
        connection -> {
          Optional<String> unreadable = unreadable(connection, name);
          if (unreadable.isPresent()) {
            return unreadable;
          }
          Map<String, PgWire> columns = PgWire.columns(connection, name);
          Optional<String> unlike = unlike(columns, selection);
          return unlike.isPresent() ? unlike : undecidable(connection, columns, selection);
        });
  }

  private Optional<String> undecidable(
      Connection connection, Map<String, PgWire> columns, Selection selection) throws SQLException {
    if (selection.filter().isEmpty()) {
      return Optional.empty();
    }
    // The bytes of texts stand in the order of their characters in this encoding.
    String encoding = connection.unwrap(PGConnection.class).getParameterStatus("server_encoding");
    if (!UTF8.equals(encoding)) {
      return Optional.of("`where` is decided here: the source's encoding is " + encoding);
    }
    return switch (PgFilter.write(selection.filter().get(), columns, sessions.dialect())) {
      case PgFilter.Written.Sql sql -> Optional.empty();
      case PgFilter.Written.Not(String reason) -> Optional.of(reason);
    };
  }

  private Optional<String> unlike(Map<String, PgWire> columns, Selection selection) {
    for (int i = 0; i < selection.fields().size(); i++) {
      String field = selection.fields().get(i);
      PgWire column = columns.get(field);
      if (column == null) {
        return Optional.of("the source has no column '" + field + "'");
      }
      PgWire wanted = PgWire.parse(selection.form().types().get(i));
      if (!column.shared()) {
        return Optional.of(
            "column '" + field + "' has the type " + column.type() + " of one server");
      }
      if (column.selectAs(wanted, "").isEmpty()) {
        return Optional.of(
            "column '"
                + field
                + "' ("
                + column.text()
                + ") has another type there ("
                + wanted.text()
                + ")");
      }
    }
    return Optional.empty();
  }

  @Override
  public List<Partition> plan(DatasetId dataset) throws InterruptedException {
    Table table = tables.need(dataset);
    PgLayout layout =
        sessions.read(
            Intent.read(table.name()),
            connection -> readable(connection, sessions.dialect().quote(table.name())));
    return layout.pieces().stream().map(piece -> piece.partition(dataset)).toList();
  }

  private static PgLayout readable(Connection connection, String table) throws SQLException {
    return switch (PgLayout.of(connection, table)) {
      case PgLayout.Found.Readable(PgLayout layout) -> layout;
      case PgLayout.Found.Unfit(String reason) -> throw moved(reason);
    };
  }

  private static ConnectorException moved(String reason) {
    return new ConnectorException(new Failure.PositionLost(new Position(""), reason));
  }

  @Override
  public FormRead open(DatasetId dataset, List<Partition> pieces) throws InterruptedException {
    Table table = tables.need(dataset);
    String name = sessions.dialect().quote(table.name());
    return PgMoment.open(
        sessions,
        dataset,
        table.name(),
        (connection, moment) -> {
          PgLayout layout = readable(connection, name);
          if (!layout.isCoveredBy(pieces)) {
            throw moved("table " + dataset + " was written anew or has other partitions");
          }
          return new PgFormRead(sessions, table, layout, PgWire.columns(connection, name), moment);
        });
  }

  /** The condition under which a row of {@code t} is sent. */
  static Optional<PgFilter.Written.Sql> condition(
      Map<String, PgWire> columns, Selection selection, Dialect dialect) {
    return selection
        .filter()
        .map(filter ->
            switch (PgFilter.write(filter, columns, dialect)) {
              case PgFilter.Written.Sql sql -> sql;
              case PgFilter.Written.Not(String reason) ->
                  throw new ConnectorException(
                      new Failure.Permanent("a column was altered while it was read: " + reason));
            });
  }

  /** What is selected for these fields, each as the other end receives it. */
  static List<String> selected(Map<String, PgWire> columns, Selection selection, Dialect dialect) {
    List<String> selected = new ArrayList<>();
    for (int i = 0; i < selection.fields().size(); i++) {
      String field = selection.fields().get(i);
      PgWire wanted = PgWire.parse(selection.form().types().get(i));
      PgWire column = columns.get(field);
      Optional<String> expression =
          column == null ? Optional.empty() : column.selectAs(wanted, "t." + dialect.quote(field));
      selected.add(
          expression.orElseThrow(() ->
              new ConnectorException(
                  new Failure.Permanent("column '" + field + "' was altered while it was read"))));
    }
    return selected;
  }
}
