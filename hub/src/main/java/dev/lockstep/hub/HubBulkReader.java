package dev.lockstep.hub;

import dev.lockstep.connector.BulkReader;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Cursor;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Position;
import dev.lockstep.connector.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads an object's entries by ranges of ids, or those modified since a moment in the order of
 * their modification. A read covers what was there when it was planned.
 */
final class HubBulkReader implements BulkReader {
  private static final int COUNTED = 10_000;

  private final HubAccess access;

  HubBulkReader(HubAccess access) {
    this.access = access;
  }

  @Override
  public boolean canReadSince(DatasetId dataset, String field) {
    ObjectTable table = access.table(dataset);
    return field.equals(SystemField.DATE_MODIFIED.title())
        || table.definition().field(field).map(it -> ordered(it.type())).orElse(false);
  }

  /** Whether columns of a type sort as its values do. */
  private static boolean ordered(Type type) {
    return switch (type) {
      case Type.Int _, Type.Date _, Type.DateTime _, Type.Timestamp _ -> true;
      case Type.Bool _,
          Type.Float _,
          Type.Decimal _,
          Type.Text _,
          Type.Bytes _,
          Type.Time _,
          Type.Json _,
          Type.ListOf _,
          Type.Any _ ->
          false;
    };
  }

  @Override
  public List<Partition> plan(Request request, int parts) throws InterruptedException {
    ObjectTable table = access.table(request.dataset());
    Optional<Since> since = request.since();
    since.ifPresent(it -> check(request.dataset(), it));
    if (since.isPresent()
        && since.get().value() instanceof Instant from
        && since.get().field().equals(SystemField.DATE_MODIFIED.title())) {
      Instant until = access.hub().log().moment();
      return List.of(part(request, HubRange.modified(from, until, request.pageRows())));
    }
    Optional<long[]> bounds = access.read(table::bounds);
    return bounds.isEmpty()
        ? List.of(part(request, HubRange.ids(1, 0, request.pageRows(), since)))
        : byId(request, bounds.get()[0], bounds.get()[1], parts);
  }

  /** Counts what is small; of what is large, how far its ids reach. */
  @Override
  public OptionalLong estimate(Request request) throws InterruptedException {
    ObjectTable table = access.table(request.dataset());
    return request.since().isPresent()
        ? OptionalLong.empty()
        : OptionalLong.of(access.read(tx -> table.estimate(tx, COUNTED)));
  }

  private void check(DatasetId dataset, Since since) {
    Type type =
        access
            .table(dataset)
            .definition()
            .field(since.field())
            .map(ObjectField::type)
            .orElseGet(Type.Timestamp::new);
    if (!canReadSince(dataset, since.field()) || !type.carrier().isInstance(since.value())) {
      throw new ConnectorException(
          new Failure.Permanent(
              "hub."
                  + dataset
                  + " cannot be read since "
                  + since.field()
                  + " = "
                  + since.value()
                  + "; read it since dateModified, or since a field of type int, date, datetime or"
                  + " timestamp, with a value of that type"));
    }
  }

  private static List<Partition> byId(Request request, long least, long greatest, int parts) {
    long width = Math.max(1, Math.ceilDiv(greatest - least + 1, Math.max(1, parts)));
    List<Partition> partitions = new ArrayList<>();
    for (long from = least; from <= greatest; from += width) {
      long to = Math.min(greatest, from + width - 1);
      partitions.add(part(request, HubRange.ids(from, to, request.pageRows(), request.since())));
    }
    return partitions;
  }

  private static Partition part(Request request, HubRange range) {
    return new Partition(request.dataset(), range.token());
  }

  @Override
  public Cursor<Page> read(Partition partition, Optional<Position> after) {
    ObjectTable table = access.table(partition.dataset());
    HubRange range = HubRange.parse(partition.token());
    return new Pages(access, table, range, after.map(HubRange::place).orElseGet(range::start));
  }

  private static final class Pages implements Cursor<Page> {
    private final HubAccess access;
    private final ObjectTable table;
    private final HubRange range;
    private HubRange.Place place;
    private boolean ended;

    Pages(HubAccess access, ObjectTable table, HubRange range, HubRange.Place place) {
      this.access = access;
      this.table = table;
      this.range = range;
      this.place = place;
    }

    @Override
    public Optional<Page> next() throws InterruptedException {
      if (ended) {
        return Optional.empty();
      }
      HubRange.Place from = place;
      List<Entry> entries = access.read(tx -> range.page(tx, table, from));
      if (entries.isEmpty()) {
        ended = true;
        return Optional.empty();
      }
      place = HubRange.after(entries.getLast());
      return Optional.of(Page.of(entries.stream().map(table::row).toList(), place.position()));
    }

    @Override
    public void close() {
      ended = true;
    }
  }
}
