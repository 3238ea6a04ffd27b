package dev.lockstep.engine.run;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.FormBytes;
import dev.lockstep.connector.FormWriter;
import dev.lockstep.connector.Key;
import dev.lockstep.engine.delivery.Delivery;
import dev.lockstep.engine.delivery.Owners;
import dev.lockstep.engine.journal.RowCodec;
import dev.lockstep.engine.mapping.Mapper.Mapped;
import dev.lockstep.engine.reconcile.Item;
import dev.lockstep.engine.reconcile.Window;
import dev.lockstep.engine.sync.Guard;
import dev.lockstep.engine.sync.Progress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The second half of a mirror: finds in the target what the source no longer has, and deletes it.
 *
 * <p>What is gone ({@link FindGone}) is noted durably before the first delete, so that the guard
 * can judge the whole and a crash repeats nothing.
 */
final class Sweep {
  /** Targets below this size are too small for a percentage to mean anything. */
  private static final int SMALL_TARGET = 20;

  private static final int CHUNK = 1_000;

  private final Route route;
  private final Run run;
  private final RunTable table;
  private final RunTotals totals;
  private final long opened;
  private final Instant now;
  private final Find find;
  private long targetTotal;
  private long found;

  /**
   * @param opened the read of {@link dev.lockstep.engine.delivery.Precedence} under which the run
   *     began
   */
  Sweep(
      Route route, Run run, RunTable table, RunTotals totals, long opened, Instant now, Find find) {
    this.route = route;
    this.run = run;
    this.table = table;
    this.totals = totals;
    this.opened = opened;
    this.now = now;
    this.find = find;
  }

  /** Finds what is gone, and returns how many keys the target has. */
  interface Find {
    long find(FormWriter.Gone gone) throws InterruptedException;
  }

  /** What came of it. */
  sealed interface Result {
    record Swept(long deleted) implements Result {}

    record HeldBack(String reason) implements Result {}
  }

  Result sweep() throws InterruptedException {
    long unread = table.unread(run.id());
    if (unread > 0) {
      return cannotTell(unread);
    }
    totals.phase(RunProgress.Phase.COMPARING);
    try {
      findGone();
    } catch (FormBytes.Undecided e) {
      return cannotTell(e.records());
    }
    Optional<String> refusal = refusal(route.spec().guard());
    if (refusal.isPresent()) {
      return new Result.HeldBack(refusal.get());
    }
    totals.phase(RunProgress.Phase.DELETING);
    return new Result.Swept(delete());
  }

  private static Result cannotTell(long unread) {
    return new Result.HeldBack(
        "deletions held back: "
            + unread
            + " source records could not be read, so what is gone cannot be told; see the dead"
            + " letters");
  }

  private void findGone() throws InterruptedException {
    table.clearGone(run.id());
    targetTotal = find.find(this::save);
  }

  private void save(List<Key> missing) throws InterruptedException {
    List<byte[]> gone = new ArrayList<>();
    for (Key key : missing) {
      // A record that an event created after its source partition was read is not gone.
      if (!route.precedence().isTouched(key, opened)) {
        gone.add(RowCodec.key(key));
      }
    }
    if (!gone.isEmpty()) {
      table.addGone(run.id(), gone);
      found += gone.size();
    }
  }

  private Optional<String> refusal(Guard guard) {
    if (found == 0 || guard.maxDeletePercent() == 100) {
      return Optional.empty();
    }
    boolean emptied = found == targetTotal;
    boolean shrunk =
        targetTotal >= SMALL_TARGET && found * 100 > targetTotal * guard.maxDeletePercent();
    if (!emptied && !shrunk) {
      return Optional.empty();
    }
    return Optional.of(
        "deletions held back: "
            + found
            + " of "
            + targetTotal
            + " records would be deleted from "
            + route.spec().to()
            + ", more than "
            + guard.maxDeletePercent()
            + " %; if the source is right, run `lockstep run "
            + run.sync()
            + " --full --allow-deletes`, or raise maxDeletePercent");
  }

  private long delete() throws InterruptedException {
    Delivery delivery = route.delivery();
    String owner = Owners.sweep(run.id());
    Progress at = route.precedence().alone(() -> delivery.resume(owner));
    totals.add(at.counts());
    long after = at.position().isEmpty() ? 0 : Long.parseLong(at.position());
    List<RunTable.Gone> chunk = table.gone(run.id(), after, CHUNK);
    while (!chunk.isEmpty()) {
      Window window = delivery.window();
      for (RunTable.Gone gone : chunk) {
        add(window, gone);
      }
      Progress before = at;
      String to = Long.toString(chunk.getLast().id());
      at = route.precedence().beside(() -> delivery.deliver(owner, window, before, to));
      totals.add(at.counts(), before.counts());
      chunk = table.gone(run.id(), chunk.getLast().id(), CHUNK);
    }
    return at.counts().applied();
  }

  private void add(Window window, RunTable.Gone gone) {
    Key key = RowCodec.key(gone.key());
    Item item = new Item(gone.id(), new FromSweep(route, key, now), new Mapped.Delete(key));
    if (route.precedence().isTouched(key, opened)) {
      window.supersede();
    } else {
      window.add(item);
    }
  }

  /** A record that the source no longer has. Its key is the target's. */
  private record FromSweep(Route route, Key key, Instant now) implements Item.Arrival {
    @Override
    public Change change() {
      return new Change.Deleted(route.source().id(), key, Optional.empty(), SweepMark.at(now));
    }

    @Override
    public String place() {
      return "missing from " + route.spec().from();
    }
  }
}
