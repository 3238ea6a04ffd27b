package dev.lockstep.connectors.http;

import dev.lockstep.connector.BulkReader;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Cursor;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.Position;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Type;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** Reads the lists that the datasets describe. */
final class HttpBulkReader implements BulkReader {
  private static final int SAMPLE = 20;

  private final Session session;
  private final Map<DatasetId, Told> told = new ConcurrentHashMap<>();

  HttpBulkReader(Session session) {
    this.session = session;
  }

  @Override
  public List<Partition> plan(Request request, int parts) {
    Listing listing = listing(request.dataset());
    Optional<String> since =
        request.since().map(bound -> sinceText(request.dataset(), listing, bound));
    return List.of(
        new Partition(request.dataset(), new Reading(request.pageRows(), since).token()));
  }

  @Override
  public Cursor<Page> read(Partition partition, Optional<Position> after) {
    Listing listing = listing(partition.dataset());
    Reading reading = Reading.of(partition.token());
    return new ListCursor(
        session,
        session.resource(partition.dataset()),
        listing,
        reading,
        after.map(Place::of).orElseGet(Place::start),
        records -> told.put(partition.dataset(), new Told(reading.since(), records)));
  }

  /** What the pages of the last such read told; asks nothing. */
  @Override
  public OptionalLong estimate(Request request) {
    Listing listing = listing(request.dataset());
    Optional<String> since =
        request.since().map(bound -> sinceText(request.dataset(), listing, bound));
    Told last = told.get(request.dataset());
    return last == null || !last.since().equals(since)
        ? OptionalLong.empty()
        : OptionalLong.of(last.records());
  }

  /** How many records a list was last told to have. */
  private record Told(Optional<String> since, long records) {}

  @Override
  public boolean canReadSince(DatasetId dataset, String field) {
    return session.resource(dataset).list().flatMap(Listing::since).stream()
        .anyMatch(rule -> rule.field().equals(field));
  }

  private Listing listing(DatasetId dataset) {
    return session
        .resource(dataset)
        .list()
        .orElseThrow(() -> permanent("dataset '" + dataset + "' cannot be read; describe list"));
  }

  private static ConnectorException permanent(String message) {
    return new ConnectorException(new Failure.Permanent(message));
  }

  private static String sinceText(DatasetId dataset, Listing listing, Since bound) {
    Listing.SinceRule rule =
        listing
            .since()
            .filter(given -> given.field().equals(bound.field()))
            .orElseThrow(() ->
                permanent(
                    "dataset '"
                        + dataset
                        + "' cannot be read since a value of '"
                        + bound.field()
                        + "'; describe list.since for it"));
    return switch (rule.format()) {
      case ISO -> String.valueOf(PathText.of(bound.value()));
      case DATE -> moment(dataset, bound).atOffset(ZoneOffset.UTC).toLocalDate().toString();
      case EPOCH_SECONDS -> String.valueOf(moment(dataset, bound).getEpochSecond());
      case EPOCH_MILLIS -> String.valueOf(moment(dataset, bound).toEpochMilli());
    };
  }

  private static Instant moment(DatasetId dataset, Since bound) {
    return switch (bound.value()) {
      case Instant moment -> moment;
      case LocalDateTime time -> time.toInstant(ZoneOffset.UTC);
      case LocalDate date -> date.atStartOfDay().toInstant(ZoneOffset.UTC);
      case String text -> parsed(dataset, text);
      default -> throw permanent("'" + bound.field() + "' of '" + dataset + "' holds no moment");
    };
  }

  private static Instant parsed(DatasetId dataset, String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException noMoment) {
      throw permanent("'" + Faults.cut(text, 40) + "' of '" + dataset + "' is no moment");
    }
  }

  /**
   * The dataset with the names that its first records have; as described when it cannot be reached.
   */
  Dataset inferred(Resource resource) throws InterruptedException {
    if (!resource.dataset().open() || resource.list().isEmpty()) {
      return resource.dataset();
    }
    Reading reading = new Reading(SAMPLE, Optional.empty());
    try (ListCursor cursor =
        new ListCursor(
            session, resource, resource.list().get(), reading, Place.start(), total -> {})) {
      return cursor
          .next()
          .flatMap(page -> page.rows().stream().findFirst())
          .map(Row::schema)
          .map(schema -> widened(resource.dataset(), schema))
          .orElse(resource.dataset());
    } catch (ConnectorException unreachable) {
      // What is wrong with the system is for check to say; its description stands without it.
      return resource.dataset();
    }
  }

  private static Dataset widened(Dataset dataset, Schema found) {
    List<Field> fields =
        found.fields().stream()
            .map(field ->
                new Field(field.name(), new Type.Any(), !dataset.key().contains(field.name())))
            .toList();
    return new Dataset(dataset.id(), new Schema(fields), dataset.key(), true);
  }
}
