package dev.lockstep.engine.twoway;

import dev.lockstep.connector.BulkReader.Page;
import dev.lockstep.connector.BulkReader.Partition;
import dev.lockstep.connector.BulkReader.Request;
import dev.lockstep.connector.Cursor;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Position;
import dev.lockstep.connector.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Goes through all records of the first end, then of the second, page by page. One thread. */
final class WalkBoth {
  private static final int PAGE_ROWS = 500;
  private static final String PARTITION_END = "\n";

  private final Pair pair;

  WalkBoth(Pair pair) {
    this.pair = pair;
  }

  /**
   * Where a walk is.
   *
   * @param stage 0 at the first end, 1 at the second, 2 when it has ended
   * @param position the partition and the place in it; empty at the start of an end
   */
  record Place(int stage, String position) {
    static final Place START = new Place(0, "");

    boolean hasEnded() {
      return stage > 1;
    }

    End end() {
      return stage == 0 ? End.FROM : End.TO;
    }
  }

  /** Takes the records of a page, and where to go on after them. */
  interface Visit {
    void page(End end, List<Case> cases, long refused, Place next) throws InterruptedException;
  }

  /** Goes on from a place to the end. */
  void from(Place start, Visit visit) throws InterruptedException {
    Place at = start;
    while (!at.hasEnded()) {
      walk(at, visit);
      at = new Place(at.stage() + 1, "");
      visit.page(at.end(), List.of(), 0, at);
    }
  }

  private void walk(Place at, Visit visit) throws InterruptedException {
    Side side = pair.side(at.end());
    Partition partition = partition(side, at);
    int cut = at.position().lastIndexOf(PARTITION_END);
    Optional<Position> after =
        cut < 0
            ? Optional.empty()
            : Optional.of(new Position(at.position().substring(cut + PARTITION_END.length())));
    try (Cursor<Page> cursor = side.reader().read(partition, after)) {
      for (Optional<Page> page = cursor.next(); page.isPresent(); page = cursor.next()) {
        visit(side, page.get(), new Place(at.stage(), text(partition, page.get())), visit);
      }
    }
  }

  private static String text(Partition partition, Page page) {
    return partition.token() + PARTITION_END + page.resumeAfter().token();
  }

  private static Partition partition(Side side, Place at) throws InterruptedException {
    int cut = at.position().lastIndexOf(PARTITION_END);
    if (cut >= 0) {
      return new Partition(side.dataset().id(), at.position().substring(0, cut));
    }
    Request request = new Request(side.dataset().id(), List.of(), Optional.empty(), PAGE_ROWS);
    List<Partition> parts = side.reader().plan(request, 1);
    if (parts.size() != 1) {
      throw new IllegalStateException("asked for one part, not " + parts.size());
    }
    return parts.getFirst();
  }

  private void visit(Side side, Page page, Place next, Visit visit) throws InterruptedException {
    List<Case> cases = new ArrayList<>();
    long refused = page.unreadable().size();
    for (Row row : page.rows()) {
      Optional<Case> record = record(side, row);
      record.ifPresent(cases::add);
      refused += record.isEmpty() ? 1 : 0;
    }
    visit.page(side.end(), cases, refused, next);
  }

  private static Optional<Case> record(Side side, Row row) {
    Key here;
    try {
      here = row.key(side.dataset().key());
    } catch (Row.NullKeyException e) {
      return Optional.empty();
    }
    return side.keyAway(here)
        .map(there ->
            side.end() == End.FROM ? new Case(here, there, false) : new Case(there, here, false));
  }
}
