package dev.lockstep.engine.run;

import dev.lockstep.connector.BulkReader.Page;
import dev.lockstep.connector.BulkReader.Request;
import dev.lockstep.connector.Cursor;
import dev.lockstep.connector.FormBytes;
import dev.lockstep.connector.FormReader.FormRead;
import dev.lockstep.engine.delivery.Delivery;
import dev.lockstep.engine.delivery.Delivery.Passed;
import dev.lockstep.engine.delivery.Owners;
import dev.lockstep.engine.delivery.Piece;
import dev.lockstep.engine.reconcile.Item;
import dev.lockstep.engine.reconcile.Window;
import dev.lockstep.engine.sync.Progress;
import dev.lockstep.engine.sync.Steps;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Brings one piece of a run to the moment that the source is read at: its bytes as they are, or its
 * records mapped on their way; and, where some of it cannot be taken, its records in windows, so
 * that those at fault are found.
 */
final class PassPiece {
  /** Few enough that they are gone before the collector would have to move them. */
  private static final int PAGE_ROWS = 1_000;

  private final Route route;
  private final Way.InPieces way;
  private final RunTable.Part part;
  private final String owner;
  private final InstantSource clock;
  private final Steps steps;
  private final RunTotals totals;
  private Progress at = Progress.START;
  private boolean known;

  /**
   * @param known whether nothing of it can have been delivered yet
   */
  PassPiece(
      Route route,
      Way.InPieces way,
      Run run,
      RunTable.Part part,
      boolean known,
      InstantSource clock,
      Steps steps,
      RunTotals totals) {
    this.route = route;
    this.way = way;
    this.part = part;
    this.owner = Owners.partition(run.id(), part.number());
    this.known = known;
    this.clock = clock;
    this.steps = steps;
    this.totals = totals;
  }

  /**
   * Returns once the target has the piece as it was at the moment of a read. Called again after a
   * failure, with a read of that moment or of a later one.
   */
  void bringTo(FormRead read) throws InterruptedException {
    if (!known) {
      resume();
    }
    known = false;
    PieceMark mark = PieceMark.parse(at.position());
    if (!mark.isWhole() && mark.isAt(read.moment())) {
      decode(read, mark.since(), mark.rows());
    } else if (!mark.isWhole() || !mark.isAt(read.moment())) {
      passOrDecode(read, mark.complete());
    }
    known = true;
  }

  private void resume() throws InterruptedException {
    Progress before = at;
    at = route.precedence().alone(() -> route.delivery().resume(owner));
    totals.add(at.counts(), before.counts());
  }

  private void passOrDecode(FormRead read, Optional<String> since) throws InterruptedException {
    // A record that changed since may be one that waits or is a dead letter.
    boolean passes = isTakenWhole() && (since.isEmpty() || route.delivery().isClear());
    boolean again = false;
    while (passes) {
      switch (pass(read, since)) {
        case Passed.Done(Progress progress) -> {
          stands(progress);
          return;
        }
        case Passed.Again() -> {
          passes = !again;
          again = true;
        }
        case Passed.Refused(String reason) -> passes = false;
        case Passed.Unknown() -> {
          resume();
          if (PieceMark.parse(at.position()).isAt(read.moment())) {
            return;
          }
        }
      }
    }
    decode(read, since, 0);
  }

  private boolean isTakenWhole() {
    return switch (way) {
      case Way.Bytes bytes -> true;
      case Way.Mapped mapped -> mapped.whole().isPresent();
    };
  }

  private Passed pass(FormRead read, Optional<String> since) throws InterruptedException {
    return switch (way) {
      case Way.Bytes bytes -> passBytes(read, bytes, since);
      case Way.Mapped mapped -> passRows(read, mapped.whole().orElseThrow(), since);
    };
  }

  private Passed passBytes(FormRead read, Way.Bytes bytes, Optional<String> since)
      throws InterruptedException {
    try (FormBytes some = read.bytes(bytes.selection(), part.partition(), since)) {
      steps.reached(Steps.Step.PAGE_READ);
      return pass(new Piece.AsBytes(bytes.writer(), bytes.into(), some), read.moment());
    }
  }

  private Passed passRows(FormRead read, Way.Whole whole, Optional<String> since)
      throws InterruptedException {
    try (Cursor<Page> cursor = read.rows(request(PAGE_ROWS), part.partition(), since, 0);
        MappedRows rows = new MappedRows(route.mapper(), cursor, steps)) {
      return pass(new Piece.AsRows(whole.writer(), whole.into(), rows), read.moment());
    }
  }

  private Passed pass(Piece piece, String moment) throws InterruptedException {
    Progress from = at;
    String to = PieceMark.whole(moment).text();
    return route.precedence().beside(() -> route.delivery().pass(owner, piece, from, to));
  }

  private Request request(int pageRows) {
    return new Request(route.source().id(), route.mapper().reads(), Optional.empty(), pageRows);
  }

  private void decode(FormRead read, Optional<String> since, long after)
      throws InterruptedException {
    Delivery delivery = route.delivery();
    Request request = request(delivery.windowSize());
    String name = "piece " + part.number();
    MapPages map = new MapPages(route, name, clock, null, at.counts().captured());
    long rows = after;
    try (Cursor<Page> cursor = read.rows(request, part.partition(), since, after);
        ReadAhead<MappedPage> ahead = new ReadAhead<>(cursor, map::map)) {
      for (Optional<MappedPage> page = ahead.next(); page.isPresent(); page = ahead.next()) {
        rows = deliver(page.get().items(), new PieceMark(read.moment(), rows, since));
      }
    }
    flush(delivery.window(), PieceMark.whole(read.moment()));
  }

  /** Delivers a page and answers how many records of the piece are delivered then. */
  private long deliver(List<Item> items, PieceMark before) throws InterruptedException {
    steps.reached(Steps.Step.PAGE_READ);
    Window window = route.delivery().window();
    for (int i = 0; i < items.size(); i++) {
      if (!window.add(items.get(i))) {
        flush(window, new PieceMark(before.moment(), before.rows() + i, before.since()));
        window = route.delivery().window();
        window.add(items.get(i));
      }
    }
    long rows = before.rows() + items.size();
    flush(window, new PieceMark(before.moment(), rows, before.since()));
    return rows;
  }

  private void flush(Window window, PieceMark to) throws InterruptedException {
    Progress from = at;
    stands(
        route.precedence().beside(() -> route.delivery().deliver(owner, window, from, to.text())));
  }

  private void stands(Progress now) throws InterruptedException {
    Progress before = at;
    at = now;
    totals.add(now.counts(), before.counts());
  }
}
