package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.BulkReader;
import dev.lockstep.connector.Connection;
import dev.lockstep.connector.ConnectorContext;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.DatasetCreator;
import dev.lockstep.connector.DatasetId;
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
  private final JdbcConnection tables;
  private final PostgresWriter writer;

  PostgresConnection(PostgresSettings settings, ConnectorContext context) {
    this.tables = new JdbcConnection(settings.tables(), new PostgresDialect(), context);
    this.writer = new PostgresWriter(tables, context.clock(), settings.tables().connections());
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
    tables.close();
  }
}
