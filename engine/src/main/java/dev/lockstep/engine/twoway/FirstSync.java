package dev.lockstep.engine.twoway;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Problem;
import dev.lockstep.engine.sync.ConflictPolicy;
import dev.lockstep.engine.sync.Steps.Step;
import dev.lockstep.engine.sync.TwoWay;
import dev.lockstep.engine.twoway.Case.Fate;
import dev.lockstep.store.Store;
import dev.lockstep.store.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Compares both ends as a whole: for a report, and, once a person has seen it, to make them equal.
 * Where nothing was ever agreed on a record, one that an end lacks is created there; so the first
 * time nothing is deleted. A killed process goes on page by page where it was.
 */
public final class FirstSync {
  private static final int SAMPLES = 20;

  private final Pair pair;

  public FirstSync(Pair pair) {
    this.pair = pair;
  }

  /** Reads both ends and writes nothing. */
  public FirstReport report() throws InterruptedException {
    Gathered gathered = new Gathered();
    new WalkBoth(pair)
        .from(
            WalkBoth.Place.START,
            (end, cases, refused, next) -> {
              new Reconcile(pair, new Judge(pair.pairs(), pair.rules())).look(cases);
              cases.forEach(record -> gathered.add(end, record));
              gathered.refused += refused;
            });
    return gathered.report();
  }

  /** What is counted on the way. */
  private final class Gathered {
    private long equal;
    private long different;
    private long onlyFrom;
    private long onlyTo;
    private long refused;
    private final Map<String, Long> fields = new TreeMap<>();
    private final List<FirstReport.Sample> samples = new ArrayList<>();

    void add(End end, Case record) {
      boolean from = record.row(End.FROM).isPresent();
      boolean to = record.row(End.TO).isPresent();
      if (end == End.TO) {
        // What both have was counted at the first end.
        if (!from && to) {
          onlyTo++;
          sample(record, "only to", List.of());
        }
      } else if (from && to) {
        compare(record);
      } else if (from) {
        onlyFrom++;
        sample(record, "only from", List.of());
      }
    }

    private void compare(Case record) {
      if (record.differing().isEmpty()) {
        equal++;
        return;
      }
      different++;
      List<String> names =
          record.differing().stream().mapToObj(pair.pairs().names(End.FROM)::get).toList();
      names.forEach(name -> fields.merge(name, 1L, Long::sum));
      sample(record, "different", names);
    }

    private void sample(Case record, String what, List<String> names) {
      if (samples.size() < SAMPLES) {
        samples.add(new FirstReport.Sample(record.key().toString(), what, names));
      }
    }

    FirstReport report() {
      return new FirstReport(equal, different, onlyFrom, onlyTo, refused, fields, samples);
    }
  }

  /**
   * Lets the comparison write, from now on.
   *
   * @param allowed takes part in the transaction that notes it
   */
  public static void confirm(
      Store store, TwoWay rules, ConflictPolicy different, Consumer<Tx> allowed)
      throws InterruptedException {
    boolean times = rules.modifiedFrom().isPresent() && rules.modifiedTo().isPresent();
    if (!times && (different == ConflictPolicy.NEWEST || different == ConflictPolicy.MERGE)) {
      throw new ConnectorException(
          new Failure.Misconfigured(
              List.of(
                  new Problem(
                      "syncs." + rules.name() + ".conflicts.modified",
                      "nothing tells which of two records is newer before changes were followed",
                      "name the fields that tell, or say --different from, to or hold"))));
    }
    store.write(tx -> {
      tx.update(
          "INSERT INTO first_sync (sync, policy, stage, position) VALUES (?, ?, 0, '') ON"
              + " CONFLICT (sync) DO UPDATE SET policy = excluded.policy, stage = 0, position"
              + " = '' WHERE first_sync.stage > 1",
          rules.name(),
          different.name());
      allowed.accept(tx);
      return true;
    });
  }

  /** Whether a person has let the comparison write, and it has not ended. */
  public static boolean isConfirmed(Store store, String sync) throws InterruptedException {
    return store.read(tx -> open(tx, sync)).isPresent();
  }

  private record Open(ConflictPolicy policy, WalkBoth.Place at) {}

  private static Optional<Open> open(Tx tx, String sync) {
    return tx.first(
        "SELECT policy, stage, position FROM first_sync WHERE sync = ? AND stage < 2",
        row ->
            new Open(
                ConflictPolicy.valueOf(row.text(1).toUpperCase(Locale.ROOT)),
                new WalkBoth.Place(Math.toIntExact(row.integer(2)), row.text(3))),
        sync);
  }

  /**
   * Makes both ends equal, from where an earlier process has left off.
   *
   * @param ended takes part in the transaction that notes the end, so that no kill comes between
   */
  public void carryOut(Turn turn, Consumer<Tx> ended) throws InterruptedException {
    TwoWay rules = pair.rules();
    Optional<Open> open = pair.store().read(tx -> open(tx, rules.name()));
    if (open.isEmpty()) {
      return;
    }
    TwoWay chosen =
        new TwoWay(
            rules.name(),
            rules.back(),
            open.get().policy(),
            rules.fields(),
            rules.modifiedFrom(),
            rules.modifiedTo());
    Reconcile reconcile = new Reconcile(pair, new Judge(pair.pairs(), chosen));
    new WalkBoth(pair)
        .from(
            open.get().at(),
            (end, cases, refused, next) ->
                turn.take(() -> {
                  pair.steps().reached(Step.PAGE_READ);
                  reconcile.examine(cases);
                  requireSettled(cases);
                  pair.store()
                      .write(tx -> {
                        settle(tx, reconcile, cases, next);
                        if (next.hasEnded()) {
                          ended.accept(tx);
                        }
                        return true;
                      });
                  pair.steps().reached(Step.SETTLED);
                  return true;
                }));
  }

  /** What somebody keeps changing is looked at again with its page. */
  private static void requireSettled(List<Case> cases) {
    for (Case each : cases) {
      if (each.fate() instanceof Fate.Wait(String reason, boolean held) && !held) {
        throw new ConnectorException(
            Failure.Transient.of("record " + each.key() + " cannot be settled yet: " + reason));
      }
    }
  }

  private void settle(Tx tx, Reconcile reconcile, List<Case> cases, WalkBoth.Place next) {
    reconcile.save(tx, cases);
    TakeChanges.release(tx, pair, cases);
    for (Case each : cases) {
      if (each.fate() instanceof Fate.Dead(String reason, String remedy)) {
        pair.conflicts()
            .refused(tx, pair.rules().name(), each, reason, remedy, pair.clock().instant());
      }
    }
    tx.update(
        "UPDATE first_sync SET stage = ?, position = ? WHERE sync = ?",
        next.stage(),
        next.position(),
        pair.rules().name());
  }
}
