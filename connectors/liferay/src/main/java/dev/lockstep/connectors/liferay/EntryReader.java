package dev.lockstep.connectors.liferay;

import dev.lockstep.connector.BulkReader;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Cursor;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.Position;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Type;
import dev.lockstep.connector.Unreadable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/** Reads entries page by page, in the order of their ids. */
final class EntryReader implements BulkReader {
  private static final String VERSION = "entries1:";

  private final Remote remote;
  private final Catalog catalog;
  private final int pageSize;

  EntryReader(Remote remote, Catalog catalog, int pageSize) {
    this.remote = remote;
    this.catalog = catalog;
    this.pageSize = pageSize;
  }

  @Override
  public List<Partition> plan(Request request, int parts) throws InterruptedException {
    ObjectShape shape = catalog.require(request.dataset());
    String condition = request.since().isPresent() ? since(shape, request.since().get()) : "";
    String token =
        String.join(
            "|",
            Integer.toString(Math.min(request.pageRows(), pageSize)),
            Remote.encode(condition),
            Remote.encode(String.join(",", wanted(request))));
    return List.of(new Partition(request.dataset(), token));
  }

  /** The fields to ask for, empty for all: what a page needs besides is added. */
  private static List<String> wanted(Request request) {
    if (request.fields().isEmpty()) {
      return List.of();
    }
    List<String> all = new ArrayList<>(request.fields());
    for (String needed : List.of(ObjectShape.KEY, ObjectShape.ID, ObjectShape.MODIFIED)) {
      if (!all.contains(needed)) {
        all.add(needed);
      }
    }
    return all;
  }

  private String since(ObjectShape shape, Since since) {
    if (!canReadSince(shape, since.field())) {
      throw new ConnectorException(
          new Failure.Permanent(
              shape.id()
                  + " cannot be read since a value of '"
                  + since.field()
                  + "'; take dateModified, or a number or a time"));
    }
    Object bound =
        since.value() instanceof Instant moment
            ? moment.truncatedTo(ChronoUnit.SECONDS)
            : since.value();
    return since.field() + " ge " + bound;
  }

  @Override
  public boolean canReadSince(DatasetId dataset, String field) throws InterruptedException {
    return canReadSince(catalog.require(dataset), field);
  }

  private static boolean canReadSince(ObjectShape shape, String name) {
    int index = shape.rows().indexOf(name);
    if (index < 0) {
      return false;
    }
    Field field = shape.rows().field(index);
    return switch (field.type()) {
      case Type.Int(), Type.Float(), Type.Decimal _, Type.Date(), Type.Timestamp() -> true;
      default -> false;
    };
  }

  @Override
  public OptionalLong estimate(Request request) throws InterruptedException {
    ObjectShape shape = catalog.require(request.dataset());
    String condition = request.since().isPresent() ? since(shape, request.since().get()) : "";
    return OptionalLong.of(new Listing(remote, shape, condition, List.of(ObjectShape.ID)).total());
  }

  @Override
  public Cursor<Page> read(Partition partition, Optional<Position> after)
      throws InterruptedException {
    ObjectShape shape = catalog.require(partition.dataset());
    String[] token = partition.token().split("\\|", 3);
    Listing.Mark mark = Listing.Mark.START;
    if (after.isPresent()) {
      mark = mark(after.get());
    }
    List<String> fields = token[2].isEmpty() ? List.of() : List.of(decoded(token[2]).split(","));
    return new Pages(
        shape,
        new Listing(remote, shape, decoded(token[1]), fields),
        Integer.parseInt(token[0]),
        mark);
  }

  private static String decoded(String text) {
    return java.net.URLDecoder.decode(text, java.nio.charset.StandardCharsets.UTF_8);
  }

  private static Listing.Mark mark(Position position) {
    String token = position.token();
    return Optional.of(token)
        .filter(it -> it.startsWith(VERSION))
        .flatMap(it -> Listing.Mark.of(it.substring(VERSION.length())))
        // Invariant 9: a lost position is an error, never a skip.
        .orElseThrow(() ->
            new ConnectorException(
                new Failure.PositionLost(
                    position, "this is no place in a list of entries; read in bulk again")));
  }

  /** Pages of one list. */
  private static final class Pages implements Cursor<Page> {
    private final ObjectShape shape;
    private final Listing listing;
    private final int size;
    private Listing.Mark mark;
    private boolean ended;

    Pages(ObjectShape shape, Listing listing, int size, Listing.Mark mark) {
      this.shape = shape;
      this.listing = listing;
      this.size = size;
      this.mark = mark;
    }

    @Override
    public Optional<Page> next() throws InterruptedException {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      while (!ended) {
        Listing.Page page = listing.next(mark, size);
        mark = page.after();
        ended = page.ended();
        if (!page.items().isEmpty()) {
          return Optional.of(page(page.items()));
        }
      }
      return Optional.empty();
    }

    private Page page(List<JsonNode> items) {
      List<Row> rows = new ArrayList<>();
      List<Unreadable> unreadable = new ArrayList<>();
      List<String> places = new ArrayList<>();
      for (JsonNode item : items) {
        switch (EntryRows.read(shape, item)) {
          case EntryRows.Read.Good(Row row) -> {
            rows.add(row);
            places.add(shape.address() + "/" + Listing.id(item));
          }
          case EntryRows.Read.Bad(Unreadable why) -> unreadable.add(why);
        }
      }
      return new Page(rows, unreadable, new Position(VERSION + mark.text()), places::get);
    }

    @Override
    public void close() {
      ended = true;
    }
  }
}
