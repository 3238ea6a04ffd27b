package dev.lockstep.connectors.jdbc;

import dev.lockstep.connector.BulkReader;
import dev.lockstep.connector.Connection;
import dev.lockstep.connector.ConnectorContext;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.DatasetCreator;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Limits;
import dev.lockstep.connector.Lookup;
import dev.lockstep.connector.Problem;
import dev.lockstep.connector.Writer;
import java.util.List;
import java.util.Optional;

/** One database, through two pools, so that long reads never starve the writes they wait for. */
public final class JdbcConnection implements Connection {
  private static final int BATCH_ROWS = 5000;

  private final Sessions sessions;
  private final Tables tables;
  private final JdbcBulkReader reader;
  private final JdbcWriter writer;
  private final JdbcLookup lookup;
  private final JdbcCreator creator;

  /** Opens nothing yet. */
  public JdbcConnection(JdbcSettings settings, Dialect dialect, ConnectorContext context) {
    this.sessions = new Sessions(settings, dialect, context);
    this.tables = new Tables(sessions, settings);
    this.reader = new JdbcBulkReader(sessions, tables, settings, context.logger());
    this.writer = new JdbcWriter(sessions, tables, settings);
    this.lookup = new JdbcLookup(sessions, tables);
    this.creator = new JdbcCreator(sessions, tables);
  }

  @Override
  public List<Problem> check() throws InterruptedException {
    try {
      return tables.check();
    } catch (ConnectorException e) {
      return switch (e.failure()) {
        case Failure.Misconfigured(List<Problem> problems) -> problems;
        case Failure.Transient failure -> List.of(unreachable(failure.message()));
        case Failure.Permanent failure -> List.of(unreachable(failure.message()));
        case Failure.PositionLost failure -> List.of(unreachable(failure.message()));
      };
    }
  }

  /** The connections to the database; closed with this. */
  public Sessions sessions() {
    return sessions;
  }

  /** The tables as they were described. */
  public Tables tables() {
    return tables;
  }

  /** The writer of {@link #writer}, for what is built on it. */
  public JdbcWriter tableWriter() {
    return writer;
  }

  private static Problem unreachable(String message) {
    return new Problem("url", message, "correct `url`, or start the database");
  }

  @Override
  public List<Dataset> discover() throws InterruptedException {
    return tables.discover();
  }

  @Override
  public Optional<Dataset> describe(DatasetId id) throws InterruptedException {
    return tables.look(id).map(table -> table.dataset(id));
  }

  @Override
  public Limits limits(DatasetId dataset) {
    return Limits.batches(BATCH_ROWS);
  }

  @Override
  public Optional<BulkReader> bulkReader() {
    return Optional.of(reader);
  }

  @Override
  public Optional<Writer> writer() {
    return Optional.of(writer);
  }

  @Override
  public Optional<Lookup> lookup() {
    return Optional.of(lookup);
  }

  @Override
  public Optional<DatasetCreator> creator() {
    return Optional.of(creator);
  }

  @Override
  public void close() {
    sessions.close();
  }
}
