package dev.lockstep.connectors.http;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Position;
import dev.lockstep.connector.Problem;
import dev.lockstep.connectors.http.Listing.Paging;
import dev.lockstep.connectors.http.Listing.Until;
import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One answer to a list call, read record by record; says where the next page is once it is read.
 */
final class ListAnswer implements AutoCloseable {
  private final Session session;
  private final Listing listing;
  private final Place place;
  private final String target;
  private final Exchange exchange;
  private final PageBody body;
  private long count;

  private ListAnswer(
      Session session,
      Listing listing,
      Place place,
      String target,
      Exchange exchange,
      PageBody body) {
    this.session = session;
    this.listing = listing;
    this.place = place;
    this.target = target;
    this.exchange = exchange;
    this.body = body;
  }

  /** Asks for the page at a place and skips what was read of it already. */
  static ListAnswer open(Session session, Listing listing, Reading reading, Place place)
      throws InterruptedException {
    String target = target(session, listing, reading, place);
    String call = "GET " + listing.path();
    try {
      Exchange exchange =
          session
              .calls()
              .send(Request.get(session.origin(), target, session.api().timeouts().page()));
      ListAnswer answer = opened(session, listing, place, target, exchange, call);
      return answer.skipped();
    } catch (WireFailure failure) {
      throw session.transientFailure(call, failure);
    }
  }

  private static ListAnswer opened(
      Session session,
      Listing listing,
      Place place,
      String target,
      Exchange exchange,
      String call) {
    boolean taken = false;
    try {
      if (exchange.status() != 200) {
        throw refused(session, listing, place, exchange, call);
      }
      refusePages(listing, exchange, call);
      PageBody body =
          new PageBody(
              Charsets.utf8(exchange, session.api().sizes().response()),
              listing.items(),
              wanted(listing),
              session.api().sizes().record());
      ListAnswer answer = new ListAnswer(session, listing, place, target, exchange, body);
      taken = true;
      return answer;
    } catch (IOException unreadable) {
      throw misconfigured(
          listing.setting(), call + ": " + unreadable.getMessage(), "check what the API sends");
    } finally {
      if (!taken) {
        exchange.close();
      }
    }
  }

  private static ConnectorException refused(
      Session session, Listing listing, Place place, Exchange exchange, String call) {
    Answers.Answer answer = new Answers(session).read(exchange);
    if (place.kind() != Place.Kind.START && (answer.status() == 410 || answer.status() == 400)) {
      // Invariant 9: a lost position is an error, never a skip.
      Position position = place.position();
      return new ConnectorException(
          new Failure.PositionLost(
              position, call + " answered " + answer.said() + "; read in bulk again"));
    }
    return new Answers(session).failure(listing.setting() + ".get", call, answer);
  }

  private static void refusePages(Listing listing, Exchange exchange, String call) {
    String type = exchange.header(HeaderNames.CONTENT_TYPE).orElse("").toLowerCase(Locale.ROOT);
    if (type.contains("html") || (type.contains("xml") && !type.contains("json"))) {
      throw misconfigured(
          listing.setting() + ".get",
          call + " answered 200 with " + Faults.cut(type, 40) + " instead of JSON",
          "check url and auth; this may be a login or error page");
    }
  }

  private static ConnectorException misconfigured(String setting, String message, String remedy) {
    return new ConnectorException(
        new Failure.Misconfigured(List.of(new Problem(setting, message, remedy))));
  }

  private static List<FieldPath> wanted(Listing listing) {
    return switch (listing.paging()) {
      case Paging.Numbered(long first, Until.Told(FieldPath field)) -> List.of(field);
      case Paging.ByOffset(long first, Until.Told(FieldPath field)) -> List.of(field);
      case Paging.ByCursor(FieldPath next) -> List.of(next);
      case Paging.ByBodyLink(FieldPath next) -> List.of(next);
      case Paging.Numbered page -> List.of();
      case Paging.ByOffset offset -> List.of();
      case Paging.ByLinkHeader header -> List.of();
      case Paging.Single single -> List.of();
    };
  }

  private static String target(Session session, Listing listing, Reading reading, Place place) {
    if (place.kind() == Place.Kind.LINK) {
      return place.token().orElse("/");
    }
    try {
      return listing
          .path()
          .expand(session.api().basePath(), name -> value(listing, reading, place, name));
    } catch (Template.Unfit unfit) {
      throw misconfigured(
          listing.setting() + ".get", String.valueOf(unfit.getMessage()), "check the path");
    }
  }

  private static @Nullable String value(
      Listing listing, Reading reading, Place place, String name) {
    return switch (name) {
      case "page", "offset" -> place.token().orElse(String.valueOf(first(listing)));
      case "cursor" -> place.token().orElse(null);
      case "size", "limit" -> String.valueOf(listing.size());
      default -> reading.since().orElse(null);
    };
  }

  private static long first(Listing listing) {
    return switch (listing.paging()) {
      case Paging.Numbered(long first, Until until) -> first;
      case Paging.ByOffset(long first, Until until) -> first;
      default -> 0;
    };
  }

  private ListAnswer skipped() throws InterruptedException {
    boolean whole = false;
    try {
      for (long i = 0; i < place.skip() && next() != null; i++) {}
      whole = true;
      return this;
    } finally {
      if (!whole) {
        close();
      }
    }
  }

  /** The next record; null when the answer was read whole. */
  JsonScanner.@Nullable Value next() throws InterruptedException {
    String call = "GET " + listing.path();
    try {
      JsonScanner.Value value = body.next();
      if (value != null) {
        count++;
      }
      return value;
    } catch (JsonScanner.NotJsonException notJson) {
      throw misconfigured(
          listing.setting() + ".get",
          call + " answered something that is not JSON: " + notJson.getMessage(),
          "check the path, and what the API sends there");
    } catch (BoundedStream.TooLargeException tooLarge) {
      throw misconfigured(
          listing.setting(),
          call + ": " + tooLarge.getMessage(),
          "ask for smaller pages, or raise maxResponse");
    } catch (IOException broken) {
      Exchange.throwIfInterrupted();
      String why =
          exchange.isOverdue()
              ? "the answer was not whole in time"
              : String.valueOf(broken.getMessage());
      throw new ConnectorException(
          Failure.Transient.of(call + ": " + Faults.cut(why, 200)), broken);
    }
  }

  /** How many records of this answer were read. */
  long count() {
    return count;
  }

  /** Where the next page is; to be asked when the answer was read whole. */
  Place after() {
    if (!body.itemsSeen()) {
      throw misconfigured(
          listing.setting() + ".items",
          "GET " + listing.path() + ": the answer has no array at " + listing.items(),
          "write where the array of records is in the answer");
    }
    Place next = following();
    if (next.token().isPresent() && next.equals(new Place(place.kind(), place.token(), 0))) {
      throw new ConnectorException(
          new Failure.Permanent(
              "GET "
                  + listing.path()
                  + ": the answer leads to the same page again; check "
                  + listing.setting()));
    }
    return next;
  }

  private Place following() {
    return switch (listing.paging()) {
      case Paging.Numbered(long first, Until until) -> numbered(current(first), until);
      case Paging.ByOffset(long first, Until until) -> byOffset(current(first), until);
      case Paging.ByCursor(FieldPath next) ->
          field(next).map(token -> Place.at(Place.Kind.CURSOR, token)).orElseGet(Place::end);
      case Paging.ByBodyLink(FieldPath next) -> field(next).map(this::linked).orElseGet(Place::end);
      case Paging.ByLinkHeader() ->
          LinkHeader.next(exchange.headers(HeaderNames.LINK))
              .map(this::linked)
              .orElseGet(Place::end);
      case Paging.Single() -> Place.end();
    };
  }

  private long current(long first) {
    return place.token().map(Long::parseLong).orElse(first);
  }

  private Place numbered(long page, Until until) {
    boolean last =
        switch (until) {
          case Until.Empty() -> count == 0;
          case Until.Short() -> count < listing.size();
          case Until.Told(FieldPath field) -> page >= told(field);
        };
    return last ? Place.end() : Place.at(Place.Kind.PAGE, String.valueOf(page + 1));
  }

  private Place byOffset(long offset, Until until) {
    boolean last =
        count == 0
            || switch (until) {
              case Until.Empty() -> false;
              case Until.Short() -> count < listing.size();
              case Until.Told(FieldPath field) -> offset + count >= told(field);
            };
    return last ? Place.end() : Place.at(Place.Kind.OFFSET, String.valueOf(offset + count));
  }

  private long told(FieldPath field) {
    Optional<String> told = body.field(field);
    if (told.isEmpty() || !told.get().matches("-?[0-9]{1,18}")) {
      throw misconfigured(
          listing.setting() + ".until",
          "GET " + listing.path() + ": the answer has no whole number at " + field,
          "name the field with the last page's number, or write until: empty");
    }
    return Long.parseLong(told.get());
  }

  /** How many records the list has, if its answers tell; to be asked when this one is read. */
  OptionalLong total() {
    return switch (listing.paging()) {
      case Paging.Numbered(long first, Until.Told(FieldPath field)) ->
          OptionalLong.of(Math.max(0, told(field) - first + 1) * listing.size());
      case Paging.ByOffset(long first, Until.Told(FieldPath field)) -> OptionalLong.of(told(field));
      case Paging.Numbered _,
          Paging.ByOffset _,
          Paging.ByCursor _,
          Paging.ByBodyLink _,
          Paging.ByLinkHeader _,
          Paging.Single _ ->
          OptionalLong.empty();
    };
  }

  private Optional<String> field(FieldPath path) {
    return body.field(path).filter(text -> !text.isEmpty() && !text.equals("false"));
  }

  private Place linked(String link) {
    try {
      return Origin.within(session.origin(), target, link)
          .map(next -> Place.at(Place.Kind.LINK, next))
          .orElseThrow(() ->
              misconfigured(
                  listing.setting(),
                  "GET " + listing.path() + ": the next page is on another host",
                  "write that host under url, if it is the right one"));
    } catch (IllegalArgumentException noLink) {
      throw misconfigured(
          listing.setting(),
          "GET " + listing.path() + ": the next page's link is none",
          "check next");
    }
  }

  @Override
  public void close() {
    exchange.close();
  }
}
