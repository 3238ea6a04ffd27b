package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.BulkReader;
import dev.lockstep.connector.BulkReader.Page;
import dev.lockstep.connector.BulkReader.Partition;
import dev.lockstep.connector.BulkReader.Request;
import dev.lockstep.connector.Connection;
import dev.lockstep.connector.Cursor;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Position;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Writer;
import dev.lockstep.connector.Writer.Batch;
import dev.lockstep.connector.Writer.Ledger;
import dev.lockstep.connector.Writer.Mode;
import dev.lockstep.connector.Writer.Mutation;
import dev.lockstep.connector.Writer.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads and writes as the engine does. */
final class Traffic {
  private Traffic() {}

  static List<Page> pages(BulkReader reader, Partition partition, Optional<Position> after)
      throws InterruptedException {
    List<Page> pages = new ArrayList<>();
    try (Cursor<Page> cursor = reader.read(partition, after)) {
      for (Optional<Page> page = cursor.next(); page.isPresent(); page = cursor.next()) {
        pages.add(page.get());
      }
    }
    return pages;
  }

  static List<Page> pages(Connection connection, Request request, int parts)
      throws InterruptedException {
    BulkReader reader = connection.bulkReader().orElseThrow();
    List<Page> pages = new ArrayList<>();
    for (Partition partition : reader.plan(request, parts)) {
      pages.addAll(pages(reader, partition, Optional.empty()));
    }
    return pages;
  }

  static List<Row> rows(Connection connection, String dataset) throws InterruptedException {
    return pages(connection, request(dataset, 100), 1).stream()
        .flatMap(page -> page.rows().stream())
        .toList();
  }

  static Request request(String dataset, int pageRows) {
    return new Request(new DatasetId(dataset), List.of(), Optional.empty(), pageRows);
  }

  static List<Mutation> upserts(List<Row> rows, String... key) {
    return rows.stream()
        .<Mutation>map(row -> new Mutation.Upsert(row.key(List.of(key)), row))
        .toList();
  }

  static List<Outcome> write(
      Connection connection, String dataset, List<Mutation> mutations, String... key)
      throws InterruptedException {
    return connection.writer().orElseThrow().write(batch(dataset, mutations, key));
  }

  static Batch batch(String dataset, List<Mutation> mutations, String... key) {
    return new Batch(
        "batch", new DatasetId(dataset), List.of(key), Mode.UPSERT, mutations, Optional.empty());
  }

  static Batch with(Batch batch, Ledger ledger) {
    return new Batch(
        batch.id(),
        batch.dataset(),
        batch.key(),
        batch.mode(),
        batch.mutations(),
        Optional.of(ledger));
  }

  static long count(List<Outcome> outcomes, Outcome outcome) {
    return outcomes.stream().filter(outcome::equals).count();
  }

  /** What to put into the ledger, once something has been done. */
  interface Seal {
    String seal() throws InterruptedException;
  }

  static Ledger ledger(String owner, Seal seal) {
    return new Ledger() {
      @Override
      public String owner() {
        return owner;
      }

      @Override
      public String seal(List<Outcome> outcomes) throws InterruptedException {
        return seal.seal();
      }
    };
  }

  static Writer writer(Connection connection) {
    return connection.writer().orElseThrow();
  }
}
