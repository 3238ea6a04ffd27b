package dev.lockstep.engine.twoway;

import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Writer.Mutation;
import dev.lockstep.connector.Writer.Outcome;
import dev.lockstep.engine.mapping.Mapper.Mapped;
import dev.lockstep.engine.sync.Steps.Step;
import dev.lockstep.engine.twoway.Case.Fate;
import dev.lockstep.store.Tx;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at records at both ends and makes them equal. It goes by what both hold now, not by what a
 * change said, so it does not matter whose changes are seen first; a change only says where to
 * look.
 *
 * <p>Invariant 6: what both hold, once written, is what was agreed, so our own write is no change.
 * What was written and not noted because the process was killed is found equal when it is looked at
 * again. The caller holds the pair's turn.
 */
final class Reconcile {
  private static final int ROUNDS = 5;
  private static final int FIRST_BATCH = 1_000;

  private final Pair pair;
  private final Judge judge;
  private final Times times;

  Reconcile(Pair pair, Judge judge) {
    this.pair = pair;
    this.judge = judge;
    this.times = new Times(pair.rules());
  }

  /** Looks at records, each once, and writes; {@link #save} is to follow. */
  void examine(Collection<Case> cases) throws InterruptedException {
    List<Case> left = List.copyOf(cases);
    for (int round = 0; round < ROUNDS && !left.isEmpty(); round++) {
      look(left);
      left = decide(left, Math.max(1, FIRST_BATCH >> (3 * round)));
    }
  }

  /** Reads both ends, and what is known. */
  void look(List<Case> cases) throws InterruptedException {
    List<Key> keys = cases.stream().map(Case::key).toList();
    Map<Key, Row> from = pair.side(End.FROM).find(keys);
    Map<Key, Row> to = pair.side(End.TO).find(cases.stream().map(it -> it.key(End.TO)).toList());
    Map<Key, Agreed> agreed = pair.agreed().find(keys);
    Map<Key, Conflicts.Open> open = pair.conflicts().open(pair.rules().name(), keys);
    for (Case each : cases) {
      each.know(agreed.get(each.key()), open.get(each.key()));
      each.see(
          pair.pairs(),
          Optional.ofNullable(from.get(each.key())),
          Optional.ofNullable(to.get(each.key(End.TO))),
          pair.side(End.FROM));
    }
  }

  /**
   * What a verdict asks to be written.
   *
   * @param image present when both ends are given what the base held once, rather than what it
   *     holds
   */
  private record Order(Case record, Verdict.Make make, Optional<Image> image) {
    Order(Case record, Verdict.Make make) {
      this(record, make, Optional.empty());
    }
  }

  /** What an end held once; empty where it had no record. */
  private record Image(Optional<Row> row) {}

  /** Gives both ends what one of them held once; {@link #save} is to follow. */
  void restore(Case record, End end, Optional<Row> row, String why) throws InterruptedException {
    look(List.of(record));
    Verdict.Clash clash = new Verdict.Clash("reversal", List.of(), end.word(), why);
    Verdict.Make make = new Verdict.Make(end, new BitSet(), Optional.of(clash));
    write(List.of(new Order(record, make, Optional.of(new Image(row)))), 1);
  }

  /** Returns those that must be looked at again, because somebody changed them meanwhile. */
  private List<Case> decide(List<Case> cases, int batch) throws InterruptedException {
    List<Order> orders = new ArrayList<>();
    for (Case each : cases) {
      Verdict verdict = judge.judge(facts(each));
      switch (verdict) {
        case Verdict.Nothing() -> each.fate(new Fate.Done(false, false));
        case Verdict.Equal() -> agree(each, each.image(End.FROM), each.image(End.TO), false, false);
        case Verdict.Make make -> orders.add(new Order(each, make));
        case Verdict.Hold(var clash) -> hold(each, clash);
        case Verdict.Later() -> wait(each, "which end was changed last is not told yet");
      }
    }
    return write(orders, batch);
  }

  private Judge.Facts facts(Case record) {
    return new Judge.Facts(
        record.before(),
        record.image(End.FROM),
        record.image(End.TO),
        record.differing(),
        times.of(record, End.FROM),
        times.of(record, End.TO),
        record.patient());
  }

  private void hold(Case record, Verdict.Clash clash) throws InterruptedException {
    Conflicts.Open open = record.open();
    boolean told = open != null && open.state() == Conflict.State.HELD && open.isOf(record);
    if (!told) {
      pair.store()
          .write(tx -> {
            pair.conflicts()
                .log(
                    tx,
                    pair.rules().name(),
                    record,
                    clash,
                    Conflict.State.HELD,
                    pair.clock().instant());
            return true;
          });
    }
    remember(record);
    record.fate(new Fate.Wait(clash.why(), true));
  }

  private void wait(Case record, String reason) {
    remember(record);
    record.fate(new Fate.Wait(reason, false));
  }

  /** Keeps when the ends were changed, for when the record is looked at again. */
  private static void remember(Case record) {
    record.after(
        record.before().told(End.FROM, record.told(End.FROM)).told(End.TO, record.told(End.TO)));
  }

  /** Both ends are equal now. */
  private static void agree(
      Case record,
      byte @Nullable [] from,
      byte @Nullable [] to,
      boolean wroteFrom,
      boolean wroteTo) {
    Agreed before = record.before();
    boolean gone = from == null && to == null;
    record.after(
        new Agreed(
            from,
            to,
            wroteFrom || (before.wroteFrom() && before.is(End.FROM, from)),
            wroteTo || (before.wroteTo() && before.is(End.TO, to)),
            gone || wroteFrom ? Agreed.Told.NOTHING : record.told(End.FROM),
            gone || wroteTo ? Agreed.Told.NOTHING : record.told(End.TO)));
    record.fate(new Fate.Done(wroteFrom, wroteTo));
  }

  private List<Case> write(List<Order> orders, int batch) throws InterruptedException {
    logClashes(orders);
    pair.steps().reached(Step.MAPPED);
    List<Case> again = new ArrayList<>();
    Map<Case, Written> written = new HashMap<>();
    List<Order> left = orders;
    // Where both ends are written, the second only when the first has taken its part.
    for (End end : List.of(End.TO, End.FROM)) {
      left = write(end, left, batch, written, again);
      pair.steps().reached(Step.WRITTEN);
    }
    for (Order order : left) {
      Written of = written.getOrDefault(order.record(), Written.NOTHING);
      Case record = order.record();
      agree(
          record,
          of.from().isPresent() ? of.from().get().image() : record.image(End.FROM),
          of.to().isPresent() ? of.to().get().image() : record.image(End.TO),
          of.from().filter(Part::changed).isPresent(),
          of.to().filter(Part::changed).isPresent());
    }
    return again;
  }

  private void logClashes(List<Order> orders) throws InterruptedException {
    List<Order> clashes =
        orders.stream().filter(order -> order.make().clash().isPresent()).toList();
    if (clashes.isEmpty()) {
      return;
    }
    // Durable before anything is overwritten: whatever happens then, both images are kept.
    pair.store()
        .write(tx -> {
          for (Order order : clashes) {
            pair.conflicts()
                .log(
                    tx,
                    pair.rules().name(),
                    order.record(),
                    order.make().clash().orElseThrow(),
                    Conflict.State.PENDING,
                    pair.clock().instant());
          }
          return true;
        });
    clashes.forEach(order -> order.record().logged());
  }

  /** What was written of a record. */
  private record Written(Optional<Part> from, Optional<Part> to) {
    static final Written NOTHING = new Written(Optional.empty(), Optional.empty());

    Written with(End end, Part part) {
      return end == End.FROM
          ? new Written(Optional.of(part), to)
          : new Written(from, Optional.of(part));
    }
  }

  /** What one end took. */
  private record Part(byte @Nullable [] image, boolean changed) {}

  /** Writes one end; returns the orders of those it took, or that have nothing to be written. */
  private List<Order> write(
      End end, List<Order> orders, int batch, Map<Case, Written> written, List<Case> again)
      throws InterruptedException {
    List<Order> taken = new ArrayList<>();
    List<Order> sent = new ArrayList<>();
    List<Mutation> mutations = new ArrayList<>();
    List<Optional<Row>> expected = new ArrayList<>();
    for (Order order : orders) {
      switch (mutation(end, order)) {
        case Wanted.Nothing() -> taken.add(order);
        case Wanted.Refused(String reason, String remedy) ->
            order.record().fate(new Fate.Dead(reason, remedy));
        case Wanted.Write(Mutation mutation) -> {
          sent.add(order);
          mutations.add(mutation);
          expected.add(expected(end, order.record()));
        }
      }
    }
    List<Outcome> outcomes =
        mutations.isEmpty() ? List.of() : pair.side(end).writer().write(mutations, expected, batch);
    for (int i = 0; i < sent.size(); i++) {
      Order order = sent.get(i);
      Case record = order.record();
      switch (outcomes.get(i)) {
        case Outcome.Applied(), Outcome.Unchanged() -> {
          boolean changed = outcomes.get(i).equals(Outcome.APPLIED);
          Part part = new Part(image(end, mutations.get(i)), changed);
          written.merge(record, Written.NOTHING.with(end, part), (old, now) -> old.with(end, part));
          taken.add(order);
        }
        case Outcome.Deferred(String reason, _) -> {
          wait(record, reason);
          again.add(record);
        }
        case Outcome.Rejected(String reason, String remedy) ->
            record.fate(new Fate.Dead(end.word() + ": " + reason, remedy));
      }
    }
    return taken;
  }

  /** The record as it was read, by the fields that are kept equal. */
  private Optional<Row> expected(End end, Case record) {
    return record
        .row(end)
        .map(
            row -> WantedRow.of(pair.pairs(), pair.side(end), row, Optional.empty(), new BitSet()));
  }

  private byte @Nullable [] image(End end, Mutation mutation) {
    return mutation instanceof Mutation.Upsert(Key _, Row row)
        ? pair.pairs().image(end, Optional.of(row))
        : null;
  }

  /** What is to be written at an end. */
  private sealed interface Wanted {
    record Nothing() implements Wanted {}

    record Write(Mutation mutation) implements Wanted {}

    record Refused(String reason, String remedy) implements Wanted {}
  }

  private Wanted mutation(End end, Order order) {
    Case record = order.record();
    if (order.image().isPresent()) {
      return restored(end, order, order.image().get().row());
    }
    BitSet staying = staying(end, order);
    Optional<Row> other = record.row(end.other());
    boolean isBase = order.make().base() == end;
    if (isBase && (order.make().others().isEmpty() || other.isEmpty())) {
      return new Wanted.Nothing();
    }
    if (other.isEmpty()) {
      return gone(end, record);
    }
    return foreign(end, record, other.get(), staying);
  }

  private static Wanted gone(End end, Case record) {
    return record.row(end).isEmpty()
        ? new Wanted.Nothing()
        : new Wanted.Write(new Mutation.Delete(record.key(end)));
  }

  private Wanted restored(End end, Order order, Optional<Row> row) {
    Case record = order.record();
    if (row.isEmpty()) {
      return gone(end, record);
    }
    if (order.make().base() != end) {
      return foreign(end, record, row.get(), new BitSet());
    }
    Row own = WantedRow.of(pair.pairs(), pair.side(end), row.get(), Optional.empty(), new BitSet());
    return new Wanted.Write(new Mutation.Upsert(record.key(end), own));
  }

  /** What the other end's record would be here. */
  private Wanted foreign(End end, Case record, Row row, BitSet staying) {
    return switch (WantedRow.away(pair.side(end.other()), row)) {
      case Mapped.Upsert(Key _, Row mapped) ->
          new Wanted.Write(
              new Mutation.Upsert(
                  record.key(end),
                  WantedRow.of(pair.pairs(), pair.side(end), mapped, record.row(end), staying)));
      case Mapped.Refused(String reason, String remedy) -> new Wanted.Refused(reason, remedy);
      case Mapped.Delete _, Mapped.Move _, Mapped.Filtered _ ->
          new Wanted.Refused("it has no counterpart at the other end", "see the mapping");
    };
  }

  /** The fields that an end keeps. */
  private BitSet staying(End end, Order order) {
    BitSet staying = new BitSet();
    if (order.make().base() == end) {
      staying.set(0, pair.pairs().size());
      staying.andNot(order.make().others());
    } else {
      staying.or(order.make().others());
    }
    return staying;
  }

  /** Notes what came of it; part of the transaction that settles the window. */
  void save(Tx tx, Collection<Case> cases) {
    Map<Key, Agreed> changed = new HashMap<>();
    for (Case each : cases) {
      if (!each.after().equals(each.before())) {
        changed.put(each.key(), each.after());
      }
      if (each.open() != null || each.isLogged()) {
        end(tx, each);
      }
    }
    pair.agreed().save(tx, changed);
  }

  private void end(Tx tx, Case record) {
    switch (record.fate()) {
      case Fate.Done _, Fate.Dead _ -> pair.conflicts().end(tx, pair.rules().name(), record.key());
      case Fate.Wait _ -> {}
    }
  }
}
