package dev.lockstep.hub;

import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * An edit that was checked ahead of the transaction that makes it; see {@link BulkEdits}.
 * Immutable.
 */
public final class PreparedEdit {
  private static final Long SOME_ID = 0L;

  private final ObjectTable table;
  private final Edit edit;
  private final List<Reference> references;
  private final Optional<EditCheck.Checked> checked;
  private final List<EntryProblem> problems;

  private PreparedEdit(ObjectTable table, Edit edit, List<Reference> references) {
    this.table = table;
    this.edit = edit;
    this.references = List.copyOf(references);
    EditCheck check = new EditCheck(table);
    this.checked = check.check(0, edit);
    this.problems = List.copyOf(check.problems());
  }

  /**
   * @param edit whose draft has {@link #placeholder} in each field that is named by a reference
   */
  static PreparedEdit of(ObjectTable table, Edit edit, List<Reference> references) {
    return new PreparedEdit(table, edit, references);
  }

  /** What stands for an id that is not known yet. */
  public static Object placeholder() {
    return SOME_ID;
  }

  /** The same against the object as it is now; itself where it did not change. */
  PreparedEdit on(ObjectTable present) {
    return present == table ? this : new PreparedEdit(present, edit, references);
  }

  /** What is to be done. */
  public Edit edit() {
    return edit;
  }

  List<Reference> references() {
    return references;
  }

  Optional<EditCheck.Checked> checked() {
    return checked;
  }

  /** What is wrong with it, whatever the entries are. */
  public List<EntryProblem> problems() {
    return problems;
  }

  /** The edit with the ids of what it refers to. */
  EditCheck.Checked with(ToLongFunction<Reference> ids) {
    EditCheck.Checked known = checked.orElseThrow();
    if (references.isEmpty()) {
      return known;
    }
    Object[] sent = known.sent().clone();
    for (Reference reference : references) {
      sent[table.fields().indexOf(reference.field())] = ids.applyAsLong(reference);
    }
    return new EditCheck.Checked(known.index(), known.edit(), sent);
  }
}
