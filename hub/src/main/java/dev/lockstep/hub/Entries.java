package dev.lockstep.hub;

import dev.lockstep.store.Tx;
import java.util.List;
import java.util.Optional;

/** The entries of one object within a transaction; see {@link Hub#edit}. Not to be kept. */
public final class Entries {
  private final Tx tx;
  private final ObjectTable table;
  private final CallChanges changes;

  Entries(Tx tx, ObjectTable table, CallChanges changes) {
    this.tx = tx;
    this.table = table;
    this.changes = changes;
  }

  /** The object as it is now; it stays so until the work is done. */
  public ObjectDefinition object() {
    return table.definition();
  }

  /** An entry as the transaction has it. */
  public Optional<Entry> find(EntryRef entry) {
    return table.find(tx, entry);
  }

  /** What is wrong with an edit by itself, whatever the entries are. */
  public List<EntryProblem> problems(Edit edit) {
    EditCheck check = new EditCheck(table);
    check.check(0, edit);
    return List.copyOf(check.problems());
  }

  /**
   * Makes an edit, with its rules and its event.
   *
   * @throws EntriesRefused with every problem; the work is to let it pass, so that nothing is kept
   */
  public Applied apply(Edit edit) {
    EditCheck check = new EditCheck(table);
    EditCheck.Checked checked =
        check.check(0, edit).orElseThrow(() -> new EntriesRefused(check.problems()));
    return switch (changes.on(table).apply(List.of(checked)).getFirst()) {
      case EditSession.Outcome.Done(Applied applied) -> applied;
      case EditSession.Outcome.Refused(List<EntryProblem> why) -> throw new EntriesRefused(why);
    };
  }
}
