package dev.lockstep.engine.run;

import dev.lockstep.connector.BulkReader.Page;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Cursor;
import dev.lockstep.connector.Failure;
import dev.lockstep.engine.delivery.Delivery;
import dev.lockstep.engine.delivery.Owners;
import dev.lockstep.engine.delivery.Precedence;
import dev.lockstep.engine.limit.BudgetExhausted;
import dev.lockstep.engine.reconcile.Item;
import dev.lockstep.engine.reconcile.Window;
import dev.lockstep.engine.sync.Progress;
import dev.lockstep.engine.sync.Steps;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Reads one partition of a run to its end and delivers it page by page, in order. */
final class ReadPartition {
  private static final Duration LONGEST_NAP = Duration.ofSeconds(10);
  private static final Duration FIRST_WAIT = Duration.ofMillis(500);

  private final Route route;
  private final Run run;
  private final RunTable.Part part;
  private final RunTable table;
  private final InstantSource clock;
  private final Steps steps;
  private final RunTotals totals;
  private final String owner;
  private Progress at = Progress.START;

  ReadPartition(
      Route route,
      Run run,
      RunTable.Part part,
      RunTable table,
      InstantSource clock,
      Steps steps,
      RunTotals totals) {
    this.route = route;
    this.run = run;
    this.part = part;
    this.table = table;
    this.clock = clock;
    this.steps = steps;
    this.totals = totals;
    this.owner = Owners.partition(run.id(), part.number());
  }

  /**
   * @param mostFailures how often in a row the source may fail
   */
  void read(int mostFailures) throws InterruptedException {
    at = route.precedence().alone(() -> route.delivery().resume(owner));
    totals.add(at.counts());
    if (part.done()) {
      return;
    }
    int failures = 0;
    boolean more = true;
    while (more) {
      long before = at.counts().captured();
      try {
        more = readOn();
        failures = 0;
      } catch (BudgetExhausted e) {
        // Not a failure: the source may be asked again when its calls renew.
        Thread.sleep(atMost(Duration.between(clock.instant(), e.renewsAt()), LONGEST_NAP));
      } catch (ConnectorException e) {
        failures = at.counts().captured() > before ? 1 : failures + 1;
        if (!(e.failure() instanceof Failure.Transient failure) || failures > mostFailures) {
          throw e;
        }
        rest(failure, failures);
      }
    }
    table.partDone(run.id(), part.number());
  }

  private static Duration atMost(Duration wait, Duration longest) {
    Duration positive = wait.isNegative() ? Duration.ZERO : wait;
    return positive.compareTo(longest) < 0 ? positive : longest;
  }

  private static void rest(Failure.Transient failure, int failures) throws InterruptedException {
    Thread.sleep(failure.retryAfter().orElse(FIRST_WAIT.multipliedBy(1L << failures)));
  }

  /** Reads from where the partition stands; true when it must be opened again. */
  private boolean readOn() throws InterruptedException {
    Precedence precedence = route.precedence();
    long read = precedence.open();
    Place place = Place.parse(at.position());
    MapPages map =
        new MapPages(
            route,
            "partition " + part.number(),
            clock,
            table.partHigh(run.id(), part.number()).orElse(null),
            at.counts().captured() - place.skip());
    try (Cursor<Page> cursor = route.reader().orElseThrow().read(part.partition(), place.after());
        ReadAhead<MappedPage> ahead = new ReadAhead<>(cursor, map::map)) {
      for (Optional<MappedPage> page = ahead.next(); page.isPresent(); page = ahead.next()) {
        steps.reached(Steps.Step.PAGE_READ);
        deliver(page.get(), read);
        if (precedence.mustReopen()) {
          return true;
        }
      }
      return false;
    } finally {
      precedence.close(read);
    }
  }

  private void deliver(MappedPage page, long read) throws InterruptedException {
    Place start = Place.parse(at.position());
    List<Item> items = page.items();
    table.note(run.id(), part.number(), at.counts().captured(), page.notes());
    Window window = route.delivery().window();
    for (int i = (int) start.skip(); i < items.size(); i++) {
      if (!add(window, items.get(i), read)) {
        flush(window, new Place(i, start.after()));
        window = route.delivery().window();
        add(window, items.get(i), read);
      }
    }
    flush(window, new Place(0, Optional.of(page.resumeAfter())));
  }

  private boolean add(Window window, Item item, long read) {
    if (route.precedence().isOvertaken(item, read)) {
      window.supersede();
      return true;
    }
    return window.add(item);
  }

  private void flush(Window window, Place to) throws InterruptedException {
    Delivery delivery = route.delivery();
    Progress before = at;
    at = route.precedence().beside(() -> delivery.deliver(owner, window, before, to.text()));
    totals.add(at.counts(), before.counts());
  }
}
