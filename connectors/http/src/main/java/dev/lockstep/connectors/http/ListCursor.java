package dev.lockstep.connectors.http;

import dev.lockstep.connector.BulkReader.Page;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Cursor;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Unreadable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list page by page. One answer of the API may become several pages, so that memory is
 * bounded by our page's size, whatever the API's.
 */
final class ListCursor implements Cursor<Page> {
  private static final int RAW = 64 * 1024;

  /** So many bytes of records end a page. */
  private static final long PAGE_BYTES = 8L << 20;

  private final Session session;
  private final Resource resource;
  private final Listing listing;
  private final Reading reading;
  private final PageTrail trail;
  private final LongConsumer total;
  private Place place;
  private @Nullable ListAnswer answer;

  /**
   * @param total is told how many records the list has, whenever an answer says so
   */
  ListCursor(
      Session session,
      Resource resource,
      Listing listing,
      Reading reading,
      Place from,
      LongConsumer total) {
    this.session = session;
    this.resource = resource;
    this.listing = listing;
    this.reading = reading;
    this.trail = new PageTrail(from);
    this.total = total;
    this.place = from;
  }

  @Override
  public Optional<Page> next() throws InterruptedException {
    return OnVirtualThread.run(this::nextHere);
  }

  private Optional<Page> nextHere() throws InterruptedException {
    while (place.kind() != Place.Kind.END) {
      Optional<Page> page = readOrClose();
      if (page.isPresent()) {
        return page;
      }
    }
    return Optional.empty();
  }

  /** After a failure the next call asks for the same records again. */
  private Optional<Page> readOrClose() throws InterruptedException {
    boolean read = false;
    try {
      Optional<Page> page = read();
      read = true;
      return page;
    } finally {
      if (!read) {
        close();
      }
    }
  }

  private Optional<Page> read() throws InterruptedException {
    ListAnswer open = open();
    RecordReader records = new RecordReader(resource.dataset(), session.json());
    List<Unreadable> unreadable = new ArrayList<>();
    long bytes = 0;
    long taken = 0;
    JsonScanner.Value item = null;
    while (taken < reading.pageRows() && bytes < PAGE_BYTES && !records.isWide()) {
      item = open.next();
      if (item == null) {
        break;
      }
      taken++;
      bytes += item.bytes().length;
      add(item, records, unreadable, open.count());
    }
    if (item == null && taken < reading.pageRows()) {
      place = onwards(open.after());
      open.total().ifPresent(total);
      close();
    } else {
      place = place.skipping(taken);
    }
    List<Row> rows = records.takeRows();
    return rows.isEmpty() && unreadable.isEmpty()
        ? Optional.empty()
        : Optional.of(new Page(rows, unreadable, place.position()));
  }

  private Place onwards(Place next) {
    if (next.kind() != Place.Kind.END && trail.comesBackTo(next)) {
      throw new ConnectorException(
          new Failure.Permanent(
              session
                  .redactor()
                  .clean(
                      "GET "
                          + listing.path()
                          + ": the pages lead in a circle: "
                          + next.kind().name().toLowerCase(Locale.ROOT)
                          + " "
                          + Faults.cut(next.token().orElse(""), 60)
                          + " comes again after "
                          + page()
                          + "; check "
                          + listing.setting()
                          + ".next, or whether the list ends at all")));
    }
    return next;
  }

  private ListAnswer open() throws InterruptedException {
    ListAnswer open = answer;
    if (open == null) {
      open = ListAnswer.open(session, listing, reading, place);
      answer = open;
    }
    return open;
  }

  private void add(
      JsonScanner.Value item, RecordReader records, List<Unreadable> unreadable, long number) {
    try {
      if (item.cut()) {
        throw new Unfitting(
            "the record is larger than " + session.api().sizes().record() + " bytes",
            "raise maxRecord");
      }
      records.add(item.bytes());
    } catch (Unfitting unfit) {
      String raw =
          new JsonScanner.Value(
                  Arrays.copyOf(item.bytes(), Math.min(item.bytes().length, RAW)), true)
              .text();
      unreadable.add(
          new Unreadable(
              session.system() + "." + resource.name() + ", " + page() + ", record " + number,
              session.redactor().clean(unfit.fault()),
              unfit.remedy(),
              raw));
    }
  }

  private String page() {
    return place
        .token()
        .map(token -> place.kind().name().toLowerCase(Locale.ROOT) + " " + Faults.cut(token, 60))
        .orElse("first page");
  }

  @Override
  public void close() {
    ListAnswer open = answer;
    answer = null;
    if (open != null) {
      open.close();
    }
  }
}
