package dev.lockstep.engine.twoway;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.engine.delivery.Exchange;
import dev.lockstep.engine.reconcile.Item;
import dev.lockstep.engine.sync.Counts;
import dev.lockstep.engine.sync.Progress;
import dev.lockstep.engine.sync.Steps.Step;
import dev.lockstep.engine.twoway.Case.Fate;
import dev.lockstep.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Takes the changes of one end: looks at their records, and settles each change by what came of it.
 * One thread, save that people's decisions come between, in turn.
 */
public final class TakeChanges {
  private static final Duration SOON = Duration.ofMillis(250);
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

  /** How often an end is waited for to tell when it was changed. */
  private static final int PATIENCE = 8;

  private static final int AT_ONCE = 200;

  private final Pair pair;
  private final End end;
  private final Turn turn;
  private final Reconcile reconcile;

  /** Writes the other end, and keeps what became of the changes of this one. */
  private final Exchange kept;

  public TakeChanges(Pair pair, End end, Turn turn) {
    this.pair = pair;
    this.end = end;
    this.turn = turn;
    this.reconcile = new Reconcile(pair, new Judge(pair.pairs(), pair.rules()));
    this.kept = pair.side(end.other()).writer();
  }

  /** A change and its place in the journal. */
  public record Taken(long sequence, Change change) {}

  /** Where the changes of this end are taken up to. */
  public Progress at() throws InterruptedException {
    return kept.at();
  }

  /** Whether no more should be taken, because too many records wait. */
  public boolean isFull() {
    return kept.isFull();
  }

  /** How many records of this end wait. */
  public int waiting() {
    return kept.waiting();
  }

  /** Takes changes, and answers the progress that is durable then. */
  public Progress take(List<Taken> changes, Progress before, String to)
      throws InterruptedException {
    return turn.take(() -> {
      Window window = new Window();
      changes.forEach(window::add);
      reconcile.examine(window.cases.values());
      Progress after = before.advance(to, window.counts(changes.size()));
      pair.store()
          .write(tx -> {
            window.settle(tx);
            kept.save(tx, after);
            return true;
          });
      pair.steps().reached(Step.SETTLED);
      changed();
      return after;
    });
  }

  private void changed() throws InterruptedException {
    pair.side(End.FROM).writer().changed();
    pair.side(End.TO).writer().changed();
  }

  /** Looks again at records that wait and whose time has come. */
  public void retry() throws InterruptedException {
    if (kept.waiting() == 0) {
      return;
    }
    List<Exchange.Due> due = kept.due(pair.clock().instant(), AT_ONCE);
    if (due.isEmpty()) {
      // Those that were counted may have been settled by the other end's changes.
      kept.changed();
      return;
    }
    turn.take(() -> {
      Map<Key, Case> cases = new LinkedHashMap<>();
      Map<Key, Integer> attempts = new LinkedHashMap<>();
      for (Exchange.Due each : due) {
        keyOf(each.change())
            .flatMap(key -> record(key, each.attempts() < PATIENCE))
            .ifPresent(record -> {
              cases.putIfAbsent(record.key(), record);
              attempts.merge(record.key(), each.attempts(), Math::max);
              tell(Objects.requireNonNull(cases.get(record.key())), each.change());
            });
      }
      reconcile.examine(cases.values());
      pair.store()
          .write(tx -> {
            reconcile.save(tx, cases.values());
            release(tx, pair, cases.values());
            cases.forEach((key, record) -> again(tx, record, attempts.getOrDefault(key, 1)));
            return true;
          });
      changed();
      return true;
    });
  }

  public Optional<Instant> nextTry() throws InterruptedException {
    return kept.nextTry();
  }

  private void again(Tx tx, Case record, int attempts) {
    switch (record.fate()) {
      case Fate.Done _ -> {}
      case Fate.Wait(String reason, boolean held) ->
          kept.postpone(tx, record.key(), held ? NEVER : next(attempts), reason);
      case Fate.Dead(String reason, String remedy) ->
          kept.bury(tx, record.key(), reason, remedy, pair.clock().instant());
    }
  }

  private Instant next(int attempts) {
    Duration grown = SOON.multipliedBy(1L << Math.min(attempts, 10));
    return pair.clock().instant().plus(grown.compareTo(LONGEST) < 0 ? grown : LONGEST);
  }

  /** Ends what waits of these records, whichever end's changes they are. */
  static void release(Tx tx, Pair pair, Collection<Case> cases) {
    for (End of : End.values()) {
      Exchange out = pair.side(of.other()).writer();
      List<Case> done =
          cases.stream().filter(record -> record.fate() instanceof Fate.Done).toList();
      if (out.anyWaits(tx)) {
        for (Case each : done) {
          if (each.fate() instanceof Fate.Done wrote) {
            out.release(tx, each.key(), wrote.wrote(of.other()));
          }
        }
      }
      out.overtake(tx, done.stream().map(Case::key).toList());
    }
  }

  /** The record of a change, as the end named first knows it; empty where the change names none. */
  private Optional<Key> keyOf(Change change) {
    return switch (change) {
      case Change.Upserted upserted -> Optional.of(upserted.key());
      case Change.Deleted deleted -> Optional.of(deleted.key());
      case Change.Truncated _, Change.Garbled _ -> Optional.empty();
    };
  }

  private Optional<Case> record(Key here, boolean patient) {
    Optional<Key> there = pair.side(end).keyAway(here);
    return there.map(
        other -> end == End.FROM ? new Case(here, other, patient) : new Case(other, here, patient));
  }

  /** Notes when this end came to hold what a change says. */
  private void tell(Case record, Change change) {
    Optional<Row> row =
        change instanceof Change.Upserted upserted ? Optional.of(upserted.row()) : Optional.empty();
    if (row.filter(Row::isPartial).isEmpty()) {
      record.tell(
          end,
          new Agreed.Told(Agreed.sum(pair.pairs().image(end, row)), change.mark().committedAt()));
    }
  }

  /** The changes of one window, by record. */
  private final class Window {
    private final Map<Key, Case> cases = new LinkedHashMap<>();
    private final Map<Key, List<Taken>> changes = new LinkedHashMap<>();
    private final List<Taken> unread = new ArrayList<>();
    private final List<Taken> parked = new ArrayList<>();
    private final List<Taken> dead = new ArrayList<>();
    private final Map<Taken, Case> of = new LinkedHashMap<>();
    private long applied;
    private long unchanged;
    private long superseded;
    private long echoes;

    void add(Taken taken) {
      Optional<Case> record = keyOf(taken.change()).flatMap(key -> record(key, true));
      if (record.isEmpty()) {
        unread.add(taken);
        return;
      }
      Case known = cases.computeIfAbsent(record.get().key(), key -> record.get());
      tell(known, taken.change());
      changes.computeIfAbsent(known.key(), key -> new ArrayList<>()).add(taken);
      movedFrom(taken.change())
          .flatMap(key -> record(key, true))
          .ifPresent(old -> cases.putIfAbsent(old.key(), old));
    }

    /** A record that got another key is gone from the one it had. */
    private Optional<Key> movedFrom(Change change) {
      if (change instanceof Change.Upserted upserted && upserted.before().isPresent()) {
        try {
          Key before = upserted.before().get().key(pair.side(end).dataset().key());
          return before.equals(upserted.key()) ? Optional.empty() : Optional.of(before);
        } catch (Row.NullKeyException e) {
          // A source that tells only some of what was there does not tell its key.
          return Optional.empty();
        }
      }
      return Optional.empty();
    }

    Counts counts(int captured) {
      changes.forEach((key, taken) -> count(Objects.requireNonNull(cases.get(key)), taken));
      long all = captured;
      return new Counts(
          all, applied, unchanged, superseded, 0, dead.size() + unread.size(), echoes);
    }

    private void count(Case record, List<Taken> taken) {
      boolean echoToCome = record.before().wrote(end);
      for (int i = 0; i < taken.size(); i++) {
        Taken each = taken.get(i);
        if (isAgreed(record, each.change())) {
          if (echoToCome) {
            echoToCome = false;
            echoes++;
            if (record.after().is(end, record.before().image(end))) {
              record.after(record.after().heard(end));
            }
          } else if (record.before().wrote(end.other())) {
            // It was found, and brought over, when the other end's change was looked at.
            applied++;
          } else {
            unchanged++;
          }
        } else if (i < taken.size() - 1) {
          superseded++;
        } else {
          countLast(record, each);
        }
      }
    }

    private void countLast(Case record, Taken last) {
      of.put(last, record);
      switch (record.fate()) {
        case Fate.Done done -> {
          applied += done.wrote(end.other()) ? 1 : 0;
          superseded += !done.wrote(end.other()) && done.wrote(end) ? 1 : 0;
          unchanged += !done.wrote(end.other()) && !done.wrote(end) ? 1 : 0;
        }
        case Fate.Wait _ -> parked.add(last);
        case Fate.Dead _ -> dead.add(last);
      }
    }

    /** Whether a change only says what was agreed before this window. */
    private boolean isAgreed(Case record, Change change) {
      return switch (change) {
        case Change.Upserted upserted -> {
          Row row = upserted.row();
          Row whole =
              row.isPartial() && record.row(end).isPresent()
                  ? row.over(record.row(end).orElseThrow())
                  : row;
          yield record.before().is(end, pair.pairs().image(end, Optional.of(whole)));
        }
        case Change.Deleted _ -> record.before().is(end, null) && record.before().wrote(end);
        case Change.Truncated _, Change.Garbled _ -> false;
      };
    }

    void settle(Tx tx) {
      Instant now = pair.clock().instant();
      reconcile.save(tx, cases.values());
      release(tx, pair, cases.values());
      for (Taken each : parked) {
        Case record = of.get(each);
        if (record != null && record.fate() instanceof Fate.Wait(String reason, boolean held)) {
          kept.park(tx, item(each), record.key(), held ? NEVER : now.plus(SOON), reason);
        }
      }
      for (Taken each : dead) {
        Case record = of.get(each);
        if (record != null && record.fate() instanceof Fate.Dead(String reason, String remedy)) {
          kept.bury(tx, item(each), Optional.of(record.key()), reason, remedy, now);
        }
      }
      for (Taken each : unread) {
        kept.bury(tx, item(each), Optional.empty(), fault(each.change()), remedy(), now);
      }
    }

    private Item item(Taken taken) {
      return Exchange.item(taken.sequence(), taken.change());
    }

    private String fault(Change change) {
      return switch (change) {
        case Change.Truncated(var dataset, var mark) ->
            "every record of " + dataset + " was removed at once (TRUNCATE)";
        case Change.Garbled garbled -> garbled.record().fault();
        case Change.Upserted _, Change.Deleted _ -> "its key has no counterpart at the other end";
      };
    }

    private String remedy() {
      return "correct it, and compare both ends with `lockstep first " + pair.rules().name() + "`";
    }
  }
}
