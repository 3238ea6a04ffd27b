package dev.lockstep.benchmarks.debezium;

import io.debezium.connector.jdbc.JdbcSinkConnectorTask;
import io.debezium.embedded.Connect;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.RecordChangeEvent;
import io.debezium.engine.format.ChangeEventFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * The peer: Debezium's engine reads a PostgreSQL slot and hands each batch to Debezium's JDBC sink,
 * both at their defaults, with no broker between them. Ends when its standard input does.
 *
 * <p>Arguments: port, database, slot and publication of the source, JDBC URL of the target, table.
 */
final class DebeziumToJdbc {
  private static final String USER = "postgres";

  private final JdbcSinkConnectorTask sink = new JdbcSinkConnectorTask();
  private long offset;

  private DebeziumToJdbc(String targetUrl, String table) {
    sink.initialize(new SinkContext());
    sink.start(
        Map.of(
            "connection.url", targetUrl,
            "connection.username", USER,
            // Without one the sink does not start; the servers trust whoever comes.
            "connection.password", USER,
            "insert.mode", "upsert",
            "primary.key.mode", "record_key",
            "delete.enabled", "true",
            "schema.evolution", "none",
            "collection.name.format", table,
            "batch.size", "500"));
  }

  public static void main(String[] args) throws Exception {
    DebeziumToJdbc peer = new DebeziumToJdbc(args[4], args[5]);
    DebeziumEngine<RecordChangeEvent<SourceRecord>> engine =
        DebeziumEngine.create(ChangeEventFormat.of(Connect.class))
            .using(source(args))
            .notifying(peer::apply)
            .using((success, message, error) -> {
              if (!success) {
                System.err.println("Debezium ended: " + message + ": " + error);
                System.exit(1);
              }
            })
            .build();
    try (ExecutorService runner = Executors.newSingleThreadExecutor()) {
      runner.execute(engine);
      while (System.in.read() >= 0) {
        // Nothing is said on it: its end is the sign to stop.
      }
      engine.close();
      runner.shutdown();
      if (!runner.awaitTermination(1, TimeUnit.MINUTES)) {
        runner.shutdownNow();
      }
    }
    peer.sink.stop();
  }

  private void apply(
      List<RecordChangeEvent<SourceRecord>> events,
      DebeziumEngine.RecordCommitter<RecordChangeEvent<SourceRecord>> committer)
      throws InterruptedException {
    List<SinkRecord> records = new ArrayList<>(events.size());
    for (RecordChangeEvent<SourceRecord> event : events) {
      records.add(sinkRecord(event.record()));
    }
    sink.put(records);
    // It would tell the next time that it is given something, which may be never.
    Throwable failure = sink.getLastProcessingException();
    if (failure != null) {
      throw new IllegalStateException("the sink failed", failure);
    }
    for (RecordChangeEvent<SourceRecord> event : events) {
      committer.markProcessed(event);
    }
    committer.markBatchFinished();
  }

  private SinkRecord sinkRecord(SourceRecord record) {
    return new SinkRecord(
        record.topic(),
        0,
        record.keySchema(),
        record.key(),
        record.valueSchema(),
        record.value(),
        offset++,
        record.timestamp(),
        TimestampType.CREATE_TIME,
        record.headers());
  }

  private static Properties source(String[] args) {
    Properties source = new Properties();
    source.putAll(
        Map.of(
            "name", "debezium",
            "connector.class", "io.debezium.connector.postgresql.PostgresConnector",
            "offset.storage", "org.apache.kafka.connect.storage.MemoryOffsetBackingStore",
            "topic.prefix", "benchmark",
            "plugin.name", "pgoutput",
            "publication.autocreate.mode", "disabled",
            // The target holds the rows already: on from where the slot is.
            "snapshot.mode", "no_data"));
    source.putAll(
        Map.of(
            "database.hostname",
            "127.0.0.1",
            "database.port",
            args[0],
            "database.user",
            USER,
            "database.password",
            USER,
            "database.dbname",
            args[1],
            "slot.name",
            args[2],
            "publication.name",
            args[3],
            "table.include.list",
            "public." + args[5]));
    return source;
  }
}
