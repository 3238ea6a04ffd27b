package dev.lockstep.engine.limit;

import dev.lockstep.store.Store;
import dev.lockstep.store.Tx;
import java.time.Instant;

/**
 * One system's calls in the present period. Calls are taken from the store in blocks, made durable
 * before the first call of a block is made: a crash can forget no call, and wastes at most the rest
 * of one block. Not thread-safe.
 */
final class Budget {
  private static final long LARGEST_BLOCK = 1000;

  private final String system;
  private final Allowance allowance;
  private final Store store;
  private Instant slot;
  private Granted granted;
  private long unspent;

  /** Reads what is left; costs no calls. */
  Budget(String system, Allowance allowance, Store store, Instant now) throws InterruptedException {
    this.system = system;
    this.allowance = allowance;
    this.store = store;
    this.slot = allowance.per().slot(now);
    Instant first = slot;
    this.granted = store.read(tx -> counted(tx, first));
  }

  long allowed() {
    return allowance.calls();
  }

  /** Calls that count at a moment; blocks held by other nodes count as used. */
  long used(Instant now) {
    return now.isBefore(allowance.per().forgets(slot)) ? granted.calls() - unspent : 0;
  }

  /** When the first of the used calls stop counting. */
  Instant renewsAt(Instant now) {
    Instant forgets = allowance.per().forgets(granted.oldest());
    return forgets.isAfter(now) ? forgets : allowance.per().forgets(allowance.per().slot(now));
  }

  /**
   * Takes one call.
   *
   * @param kept how many of the allowance's calls must stay untouched
   * @return whether there was one
   */
  boolean take(Instant now, long kept) throws InterruptedException {
    if (enter(now) || (unspent == 0 && granted.calls() < allowance.calls())) {
      reserve();
    }
    if (unspent == 0 || used(now) >= allowance.calls() - kept) {
      return false;
    }
    unspent--;
    return true;
  }

  /** Returns what was taken from the store and not used. */
  void giveBack() throws InterruptedException {
    long rest = unspent;
    unspent = 0;
    if (rest > 0) {
      store.write(tx -> giveBack(tx, slot, rest));
      granted = new Granted(granted.calls() - rest, granted.oldest());
    }
  }

  /**
   * Moves on to a moment's slot and says whether that is another; a clock put back a little changes
   * nothing.
   */
  private boolean enter(Instant now) throws InterruptedException {
    Instant present = allowance.per().slot(now);
    boolean putBack = present.isBefore(slot) && slot.isBefore(allowance.per().forgets(present));
    if (present.equals(slot) || putBack) {
      return false;
    }
    giveBack();
    slot = present;
    return true;
  }

  private void reserve() throws InterruptedException {
    long block = Math.clamp(allowance.calls() / 100, 1, LARGEST_BLOCK);
    Instant to = slot;
    // Until the store answers, the block counts as used: an interrupted caller does not know.
    unspent = 0;
    granted = store.write(tx -> reserve(tx, to, block));
    unspent = granted.block();
  }

  private Granted reserve(Tx tx, Instant to, long block) {
    tx.update(
        "DELETE FROM limit_calls WHERE system = ? AND slot NOT BETWEEN ? AND ?",
        system,
        first(to),
        last(to));
    Granted counted = counted(tx, to);
    long more = Math.min(block, allowance.calls() - counted.calls());
    if (more <= 0) {
      return counted;
    }
    tx.update(
        "INSERT INTO limit_calls (system, slot, granted) VALUES (?, ?, ?)"
            + " ON CONFLICT (system, slot) DO UPDATE SET granted = limit_calls.granted + excluded.granted",
        system,
        to.getEpochSecond(),
        more);
    return new Granted(counted.calls() + more, counted.oldest(), more);
  }

  private Granted counted(Tx tx, Instant at) {
    return tx.first(
            "SELECT COALESCE(SUM(granted), 0), COALESCE(MIN(slot), ?) FROM limit_calls"
                + " WHERE system = ? AND slot BETWEEN ? AND ?",
            row -> new Granted(row.integer(1), Instant.ofEpochSecond(row.integer(2)), 0),
            at.getEpochSecond(),
            system,
            first(at),
            last(at))
        .orElseThrow();
  }

  private long first(Instant at) {
    return allowance.per().oldest(at).getEpochSecond();
  }

  /** Slots beyond come from a clock that was wrong by far. */
  private long last(Instant at) {
    return allowance.per().forgets(at).getEpochSecond();
  }

  private int giveBack(Tx tx, Instant from, long rest) {
    return tx.update(
        "UPDATE limit_calls SET granted = granted - ? WHERE system = ? AND slot = ?",
        rest,
        system,
        from.getEpochSecond());
  }

  /**
   * What the store has granted in the period, and the oldest slot of it; {@code block} of it just
   * now.
   */
  private record Granted(long calls, Instant oldest, long block) {
    Granted(long calls, Instant oldest) {
      this(calls, oldest, 0);
    }
  }
}
