package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.BulkReader;
import dev.lockstep.connector.ChangeReader;
import dev.lockstep.connector.Connection;
import dev.lockstep.connector.ConnectorContext;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.DatasetCreator;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.FormReader;
import dev.lockstep.connector.FormWriter;
import dev.lockstep.connector.Limits;
import dev.lockstep.connector.Lookup;
import dev.lockstep.connector.Problem;
import dev.lockstep.connector.Writer;
import dev.lockstep.connectors.jdbc.Intent;
import dev.lockstep.connectors.jdbc.JdbcConnection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One PostgreSQL database: the machinery of tables, and what only PostgreSQL can. */
final class PostgresConnection implements Connection {
  private static final int APPLICATION_LENGTH = 63;

  /**
   * Transactions that are under way at the same time keep their connections from one to the next.
   */
  private static final int AT_ONCE = 16;

  private final PgSnapshots snapshots = new PgSnapshots();
  private final JdbcConnection tables;
  private final PostgresWriter writer;
  private final PgLogReader log;
  private final FormReader formReader;
  private final FormWriter formWriter;
  private final boolean copy;

  PostgresConnection(PostgresSettings settings, ConnectorContext context) {
    PgOrigin origin = new PgOrigin(context.origin());
    this.tables =
        new JdbcConnection(settings.tables(), new PostgresDialect(origin, snapshots), context);
    this.writer = new PostgresWriter(tables, origin, context.clock(), AT_ONCE);
    this.log = new PgLogReader(tables, settings, snapshots, application(context), context);
    this.formReader = new PgFormReader(tables);
    this.formWriter = new PgFormWriter(tables, origin);
    this.copy = settings.tables().copy();
  }

  /** Tells the streams of this connection from those of others, so that it ends no others'. */
  private static String application(ConnectorContext context) {
    String id = Long.toHexString(context.random().nextLong());
    String name = "lockstep " + id + " " + context.system();
    return name.substring(0, Math.min(name.length(), APPLICATION_LENGTH));
  }

  @Override
  public List<Problem> check() throws InterruptedException {
    return tables.check();
  }

  @Override
  public List<Dataset> discover() throws InterruptedException {
    return tables.discover();
  }

  @Override
  public List<Dataset> discoverTables() throws InterruptedException {
    Set<DatasetId> own = tables.sessions().run(Intent.describe(), PostgresCatalog::ownTables);
    return discover().stream().filter(dataset -> own.contains(dataset.id())).toList();
  }

  @Override
  public Optional<Dataset> describe(DatasetId id) throws InterruptedException {
    return tables.describe(id);
  }

  @Override
  public Limits limits(DatasetId dataset) {
    return tables.limits(dataset);
  }

  @Override
  public Optional<BulkReader> bulkReader() {
    return tables.bulkReader();
  }

  @Override
  public Optional<ChangeReader> changeReader() {
    return Optional.of(log);
  }

  @Override
  public Optional<FormReader> formReader() {
    return copy ? Optional.of(formReader) : Optional.empty();
  }

  @Override
  public Optional<FormWriter> formWriter() {
    return copy ? Optional.of(formWriter) : Optional.empty();
  }

  @Override
  public Optional<Writer> writer() {
    return Optional.of(writer);
  }

  @Override
  public Optional<Lookup> lookup() {
    return tables.lookup();
  }

  @Override
  public Optional<DatasetCreator> creator() {
    return tables.creator();
  }

  @Override
  public void close() {
    writer.close();
    snapshots.close();
    tables.close();
  }
}
