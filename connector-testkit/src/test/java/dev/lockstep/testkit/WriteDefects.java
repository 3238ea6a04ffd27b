package dev.lockstep.testkit;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Writer;
import dev.lockstep.connector.Writer.Ability;
import dev.lockstep.connector.Writer.Batch;
import dev.lockstep.connector.Writer.Ledger;
import dev.lockstep.connector.Writer.Mutation;
import dev.lockstep.connector.Writer.Outcome;
import dev.lockstep.testkit.Altered.Instead;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Ways to write and be wrong. */
final class WriteDefects {
  private WriteDefects() {}

  static List<Defect> all() {
    List<Defect> all = new ArrayList<>(answers());
    all.addAll(effects());
    all.addAll(ledgers());
    all.addAll(exchanges());
    return all;
  }

  private static Defect write(String what, String caughtBy, Instead instead) {
    return Defect.in("writer", Writer.class, "write", what, caughtBy, instead);
  }

  private static Defect answer(String what, String caughtBy, UnaryOperator<List<Outcome>> altered) {
    return write(what, caughtBy, (original, args) -> altered.apply(outcomes(original, args)));
  }

  private static Defect effect(String what, String caughtBy, UnaryOperator<Batch> altered) {
    return write(what, caughtBy, (original, args) -> original.call(altered.apply((Batch) args[0])));
  }

  private static List<Outcome> outcomes(Altered.Original original, Object[] args) throws Throwable {
    List<Outcome> outcomes = new ArrayList<>();
    for (Object outcome : (List<?>) Defect.answer(original, args)) {
      outcomes.add((Outcome) outcome);
    }
    return outcomes;
  }

  private static List<Defect> answers() {
    return List.of(
        answer(
            "unchanged records are called applied",
            "saysUnchangedOnlyWhenItIs",
            all -> {
              all.replaceAll(o -> o instanceof Outcome.Unchanged ? Outcome.APPLIED : o);
              return all;
            }),
        answer(
            "applied records are called unchanged",
            "createsRecords",
            all -> Collections.nCopies(all.size(), Outcome.UNCHANGED)),
        answer("outcomes are in another order", "rejectsOneBadRecordAlone", all -> rotated(all)),
        answer(
            "outcomes of rejected records are left out",
            "rejectsOneBadRecordAlone",
            all -> all.stream().filter(o -> !(o instanceof Outcome.Rejected)).toList()),
        answer(
            "a bad record fails the whole batch",
            "rejectsOneBadRecordAlone",
            all -> {
              if (all.stream().anyMatch(Outcome.Rejected.class::isInstance)) {
                throw new ConnectorException(new Failure.Permanent("a record is bad"));
              }
              return all;
            }),
        answer(
            "a rejection has no remedy",
            "rejectsOneBadRecordAlone",
            all -> {
              all.replaceAll(
                  o -> o instanceof Outcome.Rejected ? new Outcome.Rejected("bad", "") : o);
              return all;
            }),
        answer(
            "deleting what is not there is called applied",
            "deletesWhatIsThere",
            all -> Collections.nCopies(all.size(), Outcome.APPLIED)));
  }

  private static List<Outcome> rotated(List<Outcome> all) {
    Collections.rotate(all, 1);
    return all;
  }

  private static List<Defect> effects() {
    return List.of(
        effect("an absent field becomes null", "keepsWhatIsAbsent", rows(WriteDefects::nulled)),
        effect(
            "a record that moves takes nothing along",
            "movesRecordsWithWhatWasNotSent",
            WriteDefects::forgetful),
        effect("empty text becomes null", "setsEmptyText", rows(row -> swapped(row, "", null))),
        effect("null is not sent", "setsNull", rows(row -> swapped(row, null, Row.ABSENT))),
        effect(
            "unknown fields are dropped", "rejectsAFieldThatIsNotThere", rows(WriteDefects::known)),
        effect("long text is cut", "keepsAwkwardAndHugeText", rows(WriteDefects::cut)),
        effect(
            "the last record is not written",
            "createsRecords",
            batch ->
                with(batch, List.of(batch.mutations().getFirst(), batch.mutations().getFirst()))),
        write(
            "a repeated batch is refused",
            "repeatingABatchChangesNothing",
            (original, args) -> {
              List<Outcome> all = outcomes(original, args);
              all.replaceAll(
                  o -> o instanceof Outcome.Unchanged ? new Outcome.Rejected("again", "don't") : o);
              return all;
            }),
        Defect.in(
            "writer",
            Writer.class,
            "abilities",
            "it claims to delete and cannot",
            "deletesWhatIsThere",
            (original, args) -> EnumSet.of(Ability.UPSERT)),
        effect("an append repeats itself", "appendsOrRefusesTo", WriteDefects::doubled));
  }

  private static UnaryOperator<Batch> rows(UnaryOperator<Row> altered) {
    return batch ->
        with(
            batch,
            batch.mutations().stream()
                .map(mutation ->
                    switch (mutation) {
                      case Mutation.Upsert(var key, var row) ->
                          (Mutation) new Mutation.Upsert(key, altered.apply(row));
                      case Mutation.Delete delete -> delete;
                      case Mutation.Move move ->
                          new Mutation.Move(move.from(), move.key(), altered.apply(move.row()));
                    })
                .toList());
  }

  /** Moves as an upsert at the new key. */
  static Batch forgetful(Batch batch) {
    return with(
        batch,
        batch.mutations().stream()
            .map(mutation ->
                mutation instanceof Mutation.Move move
                    ? new Mutation.Upsert(move.key(), nulled(move.row()))
                    : mutation)
            .toList());
  }

  private static Batch with(Batch batch, List<Mutation> mutations) {
    return new Batch(
        batch.id(), batch.dataset(), batch.key(), batch.mode(), mutations, batch.ledger());
  }

  private static Batch doubled(Batch batch) {
    return with(batch, List.of(batch.mutations().getFirst(), batch.mutations().getFirst()));
  }

  static Row nulled(Row row) {
    return swapped(row, Row.ABSENT, null);
  }

  private static Row swapped(Row row, @Nullable Object from, @Nullable Object to) {
    Row altered = row;
    for (int i = 0; i < row.schema().size(); i++) {
      Object value = row.get(i);
      if (from == null ? value == null : from.equals(value)) {
        altered = new Row(row.schema(), Samples.with(altered, i, to));
      }
    }
    return altered;
  }

  private static Row known(Row row) {
    return row.schema().has("no_such_field") ? Samples.with(row, "no_such_field", Row.ABSENT) : row;
  }

  private static Row cut(Row row) {
    return row.get("name") instanceof String name && name.length() > 65_535
        ? Samples.with(row, "name", name.substring(0, 65_535))
        : row;
  }

  private static List<Defect> exchanges() {
    return List.of(
        exchange(
            "an exchange does not look at what is there",
            "overwritesNothingThatCameBetweenReadingAndWriting",
            Writer::write),
        exchange(
            "an exchange deletes whatever is there",
            "deletesOnlyWhatIsStillAsItWasRead",
            Writer::write),
        exchange(
            "an exchange finds everything changed",
            "exchangesWhatIsStillAsItWasRead",
            (writer, batch) ->
                Collections.nCopies(
                    batch.mutations().size(), new Outcome.Deferred("changed", Optional.empty()))),
        answer(
            "all of a large batch is called applied",
            "oneBadRecordAmongManyIsNotCalledApplied",
            all -> Collections.nCopies(all.size(), Outcome.APPLIED)),
        answer(
            "a large batch is left open",
            "writesManyAtOnceAndAgain",
            all ->
                Collections.nCopies(all.size(), new Outcome.Deferred("open", Optional.empty()))));
  }

  private interface Wrong {
    List<Outcome> write(Writer writer, Batch batch) throws InterruptedException;
  }

  private static Defect exchange(String what, String caughtBy, Wrong wrong) {
    return Defect.of(
        what,
        caughtBy,
        Defect.role(
            "writer",
            Writer.class,
            writer ->
                Altered.method(
                    Writer.class,
                    writer,
                    "exchange",
                    (original, args) -> wrong.write(writer, (Batch) args[0]))));
  }

  private static List<Defect> ledgers() {
    return List.of(
        write(
            "the ledger is kept when the seal throws, and the records too",
            "rollsBackTheRecordsWhenTheSealThrows",
            (original, args) -> {
              try {
                return original.call(args);
              } catch (LedgerConformance.Refusal e) {
                Batch batch = (Batch) args[0];
                original.call(unsealed(batch));
                throw e;
              }
            }),
        effect(
            "the ledger is forgotten with the batch",
            "commitsTheLedgerWithTheRecords",
            WriteDefects::unsealed),
        write(
            "the seal sees no outcomes",
            "commitsTheLedgerWithTheRecords",
            (original, args) -> {
              Batch batch = (Batch) args[0];
              batch.ledger().orElseThrow().seal(List.of());
              return original.call(unsealed(batch));
            }),
        Defect.of(
            "forgetting takes a pattern for a prefix",
            "forgetsByPrefix",
            Defect.role("writer", Writer.class, WriteDefects::forgetsTooMuch)));
  }

  private static Writer forgetsTooMuch(Writer writer) {
    return Altered.method(
        Writer.class,
        writer,
        "forget",
        (original, args) -> original.call(args[0], ((String) args[1]).replaceAll("[|%].*", "")));
  }

  private static Batch unsealed(Batch batch) {
    return new Batch(
        batch.id(),
        batch.dataset(),
        batch.key(),
        batch.mode(),
        batch.mutations(),
        Optional.<Ledger>empty());
  }
}
