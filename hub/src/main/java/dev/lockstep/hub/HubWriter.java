package dev.lockstep.hub;

import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Writer;
import dev.lockstep.store.Tx;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes batches into an object: entries, their events and the engine's ledger in one transaction.
 */
final class HubWriter implements Writer {
  private static final List<String> KEY = List.of(SystemField.EXTERNAL_REFERENCE_CODE.title());

  private final HubAccess access;
  private final Author author;

  HubWriter(HubAccess access, String origin) {
    this.access = access;
    this.author = Author.engine(origin);
  }

  @Override
  public Set<Ability> abilities(DatasetId dataset) {
    access.table(dataset);
    return EnumSet.complementOf(EnumSet.of(Ability.MOVES));
  }

  @Override
  public List<Outcome> write(Batch batch) throws InterruptedException {
    return write(batch, List.of());
  }

  @Override
  public List<Outcome> exchange(Batch batch, List<Optional<Row>> expected)
      throws InterruptedException {
    return write(batch, expected);
  }

  private List<Outcome> write(Batch batch, List<Optional<Row>> expected)
      throws InterruptedException {
    if (batch.mode() == Mode.UPSERT && !batch.key().equals(KEY)) {
      throw HubAccess.misconfigured(
          batch.dataset().name(),
          "the hub knows its entries by externalReferenceCode, not by " + batch.key(),
          "leave out 'key' and map externalReferenceCode");
    }
    try {
      // The object stays as it is declared from the check to the commit.
      return access.hub().steadily(() -> written(access.table(batch.dataset()), batch, expected));
    } catch (SealInterrupted interrupted) {
      throw interrupted.cause;
    }
  }

  private List<Outcome> written(ObjectTable table, Batch batch, List<Optional<Row>> expected)
      throws InterruptedException {
    @Nullable Outcome[] outcomes = new Outcome[batch.mutations().size()];
    List<EditCheck.Checked> edits = checked(table, batch, outcomes);
    return access.told(() ->
        access
            .hub()
            .write(
                author,
                (tx, changes) -> {
                  @Nullable Outcome[] all = outcomes.clone();
                  List<EditCheck.Checked> made =
                      expected.isEmpty()
                          ? edits
                          : asExpected(tx, table, batch, expected, edits, all);
                  settle(batch, made, changes.on(table).apply(made), all);
                  List<Outcome> answer = whole(all);
                  batch.ledger().ifPresent(ledger -> seal(tx, batch, ledger, answer));
                  return answer;
                }));
  }

  /**
   * Those whose entries are as somebody has read them; nothing comes between this and the write.
   */
  private static List<EditCheck.Checked> asExpected(
      Tx tx,
      ObjectTable table,
      Batch batch,
      List<Optional<Row>> expected,
      List<EditCheck.Checked> edits,
      @Nullable Outcome[] outcomes) {
    List<String> codes = batch.mutations().stream().map(it -> it.key().toString()).toList();
    Map<String, Row> present = new HashMap<>();
    table
        .find(tx, codes)
        .forEach(entry -> present.put(entry.externalReferenceCode(), table.row(entry)));
    List<EditCheck.Checked> same = new ArrayList<>(edits.size());
    for (EditCheck.Checked edit : edits) {
      Row now = present.get(codes.get(edit.index()));
      if (expected.get(edit.index()).map(row -> now != null && row.isIn(now)).orElse(now == null)) {
        same.add(edit);
      } else {
        outcomes[edit.index()] =
            new Outcome.Deferred("the entry was changed meanwhile", Optional.empty());
      }
    }
    return same;
  }

  private static List<EditCheck.Checked> checked(
      ObjectTable table, Batch batch, @Nullable Outcome[] outcomes) {
    List<EditCheck.Checked> edits = new ArrayList<>(batch.mutations().size());
    for (int i = 0; i < outcomes.length; i++) {
      EditCheck check = new EditCheck(table);
      int place = i;
      check
          .check(i, edit(batch, i))
          .ifPresentOrElse(edits::add, () -> outcomes[place] = rejected(check.problems()));
    }
    return edits;
  }

  private static Edit edit(Batch batch, int index) {
    return switch (batch.mutations().get(index)) {
      case Mutation.Upsert upsert ->
          switch (batch.mode()) {
            case UPSERT -> new Edit.Merge(upsert.key().toString(), Draft.of(upsert.row()));
            case APPEND -> new Edit.Create(appended(batch, index, Draft.of(upsert.row())));
            case UPDATE -> throw new IllegalArgumentException("only in a transaction");
          };
      case Mutation.Delete delete ->
          new Edit.Delete(new EntryRef.Code(delete.key().toString()), Match.ANY);
      case Mutation.Move move -> throw new IllegalArgumentException("no moves are taken: " + move);
    };
  }

  /** An append without a code gets one that is the same when the batch comes again. */
  private static Draft appended(Batch batch, int index, Draft draft) {
    return draft.externalReferenceCode() != null
        ? draft
        : new Draft(
            UUID.nameUUIDFromBytes((batch.id() + "#" + index).getBytes(StandardCharsets.UTF_8))
                .toString(),
            draft.values());
  }

  private static void settle(
      Batch batch,
      List<EditCheck.Checked> edits,
      List<EditSession.Outcome> done,
      @Nullable Outcome[] outcomes) {
    for (int i = 0; i < edits.size(); i++) {
      int index = edits.get(i).index();
      outcomes[index] =
          switch (done.get(i)) {
            case EditSession.Outcome.Done(Applied applied) ->
                applied.effect() == Applied.Effect.UNCHANGED ? Outcome.UNCHANGED : Outcome.APPLIED;
            case EditSession.Outcome.Refused(List<EntryProblem> problems) ->
                isSoAlready(batch, problems) ? Outcome.UNCHANGED : rejected(problems);
          };
    }
  }

  /** Invariant 2: what is gone need not be deleted, and a repeated append is there already. */
  private static boolean isSoAlready(Batch batch, List<EntryProblem> problems) {
    return switch (problems.getFirst().rule()) {
      case NOT_FOUND -> true;
      case EXISTS -> batch.mode() == Mode.APPEND;
      case UNKNOWN_FIELD,
          TYPE,
          RANGE,
          LENGTH,
          REQUIRED,
          ONE_OF,
          CODE,
          UNIQUE,
          VERSION,
          REFERENCE,
          REFERRED,
          TRANSITION,
          VALIDATION,
          READ_ONLY,
          TOO_MANY ->
          false;
    };
  }

  private static Outcome rejected(List<EntryProblem> problems) {
    EntryProblem first = problems.getFirst();
    return new Outcome.Rejected(
        String.join(
            "; ", problems.stream().map(it -> (it.field() + " " + it.message()).strip()).toList()),
        first.remedy());
  }

  private static List<Outcome> whole(@Nullable Outcome[] outcomes) {
    return Arrays.stream(outcomes)
        .map(outcome -> {
          if (outcome == null) {
            throw new IllegalStateException("a mutation has no outcome");
          }
          return outcome;
        })
        .toList();
  }

  private static void seal(Tx tx, Batch batch, Ledger ledger, List<Outcome> outcomes) {
    String seal;
    try {
      seal = ledger.seal(outcomes);
    } catch (InterruptedException interrupted) {
      throw new SealInterrupted(interrupted);
    }
    // Invariant 2: the position commits with the records, so its effect is exactly once.
    tx.update(
        "INSERT INTO hub_ledger (object, owner, seal) VALUES (?, ?, ?)"
            + " ON CONFLICT (object, owner) DO UPDATE SET seal = excluded.seal",
        batch.dataset().name(),
        ledger.owner(),
        seal);
  }

  /** Carries an interrupt out of the store's work, which may throw no checked exception. */
  private static final class SealInterrupted extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final InterruptedException cause;

    SealInterrupted(InterruptedException cause) {
      super(cause);
      this.cause = cause;
    }
  }

  @Override
  public Optional<String> ledger(DatasetId dataset, String owner) throws InterruptedException {
    return access.read(tx ->
        tx.first(
            "SELECT seal FROM hub_ledger WHERE object = ? AND owner = ?",
            row -> row.text(1),
            dataset.name(),
            owner));
  }

  @Override
  public void forget(DatasetId dataset, String ownerPrefix) throws InterruptedException {
    access.write(tx ->
        tx.update(
            "DELETE FROM hub_ledger WHERE object = ? AND substr(owner, 1, length(?)) = ?",
            dataset.name(),
            ownerPrefix,
            ownerPrefix));
  }
}
