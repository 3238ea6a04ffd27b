package dev.lockstep.connectors.liferay;

import dev.lockstep.connector.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Looks for entries that changed since a moment, again and again, and so finds what nobody told of.
 *
 * <p>A sweep lists what changed from its mark on, in the order of ids, which is complete whatever
 * changes meanwhile: who changes behind the sweep is found by the next one, because that begins
 * where the newest change was when this one began. It begins somewhat earlier still, by {@code
 * overlap}: a change gets its time stamp before it can be seen. Once the newest change is older
 * than that, nothing earlier can appear any more, and the mark passes it. Used by one thread.
 */
final class Sweep {
  /** Time stamps have seconds, so a second must be over for sure. */
  private static final Duration LEAST_OVERLAP = Duration.ofSeconds(2);

  private final Remote remote;
  private final ObjectShape shape;
  private final LiferaySettings settings;
  private final Duration overlap;
  private final Telling telling;
  private final ReadAgain again;
  private FeedPosition.Mark mark;
  private long due = System.nanoTime();
  private Instant newest = Instant.MIN;
  private long newestSince;
  private boolean settled;

  Sweep(
      Remote remote,
      ObjectShape shape,
      LiferaySettings settings,
      Telling telling,
      ReadAgain again,
      FeedPosition.Mark mark) {
    this.remote = remote;
    this.shape = shape;
    this.settings = settings;
    this.telling = telling;
    this.again = again;
    this.mark = mark;
    this.overlap =
        settings.overlap().compareTo(LEAST_OVERLAP) < 0 ? LEAST_OVERLAP : settings.overlap();
  }

  FeedPosition.Mark mark() {
    return mark;
  }

  /** How long until it has something to do; not positive when it has. */
  long pause(long now) {
    return due - now;
  }

  /** When the newest of a dataset's changes was made; empty for none. */
  static Optional<Instant> newest(Remote remote, ObjectShape shape) throws InterruptedException {
    JsonNode answer =
        remote.get(
            shape.address()
                + "?page=1&pageSize=1&fields=dateModified&sort="
                + Remote.encode("dateModified:desc"));
    JsonNode first = answer.path("items").path(0);
    return first.isMissingNode() ? Optional.empty() : Optional.of(EntryRows.modified(first));
  }

  /** Where to begin when everything up to now is known. */
  static FeedPosition.Mark now(Remote remote, ObjectShape shape, LiferaySettings settings)
      throws InterruptedException {
    return FeedPosition.Mark.from(
        newest(remote, shape).map(it -> it.minus(settings.overlap())).orElse(Instant.EPOCH));
  }

  /** Does one call's work; answers what it found, which may be nothing. */
  List<Change> step(int most) throws InterruptedException {
    FeedPosition.UnderWay under = mark.under().orElse(null);
    if (under == null) {
      Optional<Instant> latest = newest(remote, shape);
      if (latest.isEmpty() || latest.get().isBefore(mark.from())) {
        rest();
        return List.of();
      }
      under = begin(latest.get());
    }
    Listing listing = new Listing(remote, shape, "dateModified ge " + mark.from(), List.of());
    Listing.Page page = listing.next(under.at(), Math.min(most, settings.pageSize()));
    List<Change> found = changes(page.items(), under.until());
    if (page.ended()) {
      end(under.until());
    } else {
      mark =
          new FeedPosition.Mark(
              mark.from(), Optional.of(new FeedPosition.UnderWay(under.until(), page.after())));
    }
    return found;
  }

  private FeedPosition.UnderWay begin(Instant latest) {
    long now = System.nanoTime();
    if (!latest.equals(newest)) {
      newest = latest;
      newestSince = now;
    }
    settled = now - newestSince >= overlap.toNanos();
    return new FeedPosition.UnderWay(latest, Listing.Mark.START);
  }

  private void end(Instant until) {
    boolean passed = settled && until.equals(newest);
    Instant next = passed ? until.plusSeconds(1) : until.minus(overlap);
    mark = FeedPosition.Mark.from(next.isAfter(mark.from()) ? next : mark.from());
    rest();
  }

  private void rest() {
    due = System.nanoTime() + settings.interval().toNanos();
  }

  private List<Change> changes(List<JsonNode> items, Instant until) throws InterruptedException {
    Map<String, JsonNode> unknown = new LinkedHashMap<>();
    List<String> young = new ArrayList<>();
    for (JsonNode item : items) {
      String code = EntryRows.code(item);
      if (!telling.isKnown(shape, code, item)) {
        unknown.put(code, item);
        boolean isYoung =
            !EntryRows.modified(item).isBefore(until.minus(overlap))
                || telling.isKnownGone(shape, code);
        if (isYoung && !code.isEmpty()) {
          young.add(code);
        }
      }
    }
    // Invariant 3: a list may lag behind what was told already; a single entry does not.
    Map<String, Optional<JsonNode>> fresh = young.isEmpty() ? Map.of() : again.read(shape, young);
    List<Change> found = new ArrayList<>();
    unknown.forEach((code, item) ->
        telling
            .found(shape, code, fresh.getOrDefault(code, Optional.of(item)))
            .ifPresent(found::add));
    return found;
  }
}
