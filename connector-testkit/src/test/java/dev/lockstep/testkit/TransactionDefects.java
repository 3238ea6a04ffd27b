package dev.lockstep.testkit;

import dev.lockstep.connector.Row;
import dev.lockstep.connector.Writer;
import dev.lockstep.connector.Writer.Batch;
import dev.lockstep.connector.Writer.Mutation;
import dev.lockstep.testkit.Altered.Instead;
import java.util.ArrayList;
import java.util.List;

/** Ways to transact and be wrong. */
final class TransactionDefects {
  private TransactionDefects() {}

  private static Defect in(String method, String what, String caughtBy, Instead instead) {
    return Defect.in(
        "writer",
        Writer.class,
        "begin",
        what,
        caughtBy,
        (original, args) ->
            Altered.method(
                Writer.Transaction.class,
                (Writer.Transaction) Defect.answer(original, args),
                method,
                instead));
  }

  static List<Defect> all() {
    return List.of(
        in("clear", "clearing does nothing", "clearsInItsPlaceAmongTheCalls", (o, args) -> null),
        in(
            "commit",
            "the ledger is not kept",
            "commitsALedgerEntryWithoutRecords",
            (original, args) -> original.call("somebody else", args[1])),
        in(
            "commitIfApplied",
            "what was not applied is committed at once",
            "commitsAtOnceOnlyWhereAllIsApplied",
            (original, args) -> true),
        in(
            "write",
            "only the first batch is written",
            "commitsSeveralDatasetsWithTheLedger",
            (original, args) -> {
              List<Batch> batches = batches(args);
              return original.call(batches.stream().map(b -> batches.getFirst()).toList());
            }),
        in(
            "write",
            "an absent field becomes null in a transaction",
            "keepsWhatIsAbsentInATransaction",
            (original, args) ->
                original.call(batches(args).stream().map(TransactionDefects::nulled).toList())),
        in(
            "write",
            "a record that moves takes nothing along in a transaction",
            "movesRecordsInATransaction",
            (original, args) ->
                original.call(batches(args).stream().map(WriteDefects::forgetful).toList())),
        Defect.in(
            "writer",
            Writer.class,
            "begin",
            "every call is a transaction of its own",
            "takesBackWhatIsNotCommitted",
            (original, args) -> committing((Writer.Transaction) Defect.answer(original, args))));
  }

  private static Writer.Transaction committing(Writer.Transaction transaction) {
    return Altered.method(
        Writer.Transaction.class,
        transaction,
        "close",
        (original, args) -> {
          transaction.commit("on the quiet", "");
          return original.call(args);
        });
  }

  private static List<Batch> batches(Object[] args) {
    List<Batch> batches = new ArrayList<>();
    for (Object batch : (List<?>) args[0]) {
      batches.add((Batch) batch);
    }
    return batches;
  }

  private static Batch nulled(Batch batch) {
    List<Mutation> mutations = new ArrayList<>();
    for (Mutation mutation : batch.mutations()) {
      mutations.add(
          mutation instanceof Mutation.Upsert(var key, Row row)
              ? new Mutation.Upsert(key, WriteDefects.nulled(row))
              : mutation);
    }
    return new Batch(
        batch.id(), batch.dataset(), batch.key(), batch.mode(), mutations, batch.ledger());
  }
}
