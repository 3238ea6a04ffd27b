package dev.lockstep.hub;

import dev.lockstep.connector.Row;
import dev.lockstep.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The edits of one call to one object, within the writer's transaction: each is applied in turn and
 * sees those before it, and each that changes something leaves an event. Used by the writing
 * thread, and not kept.
 */
final class EditSession {
  private final Tx tx;
  private final ObjectTable table;
  private final CallChanges changes;
  private final Map<String, Entry> present = new HashMap<>();
  private final List<Entry> added = new ArrayList<>();

  EditSession(Tx tx, ObjectTable table, CallChanges changes) {
    this.tx = tx;
    this.table = table;
    this.changes = changes;
  }

  /** What became of an edit. */
  sealed interface Outcome {
    record Done(Applied applied) implements Outcome {}

    record Refused(List<EntryProblem> problems) implements Outcome {}

    /** Why it was refused; empty when it was not. */
    default List<EntryProblem> problems() {
      return this instanceof Refused(List<EntryProblem> why) ? why : List.of();
    }
  }

  /** Applies edits in their order, one outcome for each. */
  List<Outcome> apply(List<EditCheck.Checked> edits) {
    fetch(edits);
    List<Outcome> outcomes = new ArrayList<>(edits.size());
    for (EditCheck.Checked edit : edits) {
      outcomes.add(apply(edit));
    }
    flush();
    return outcomes;
  }

  /** Writes the entries that were added, which wait to be written together. */
  void flush() {
    if (!added.isEmpty()) {
      table.insert(tx, added);
      added.clear();
    }
  }

  /** The id of an entry that {@link #fetch} found or an edit since has left; null for none. */
  @Nullable Long idOf(String code) {
    Entry entry = present.get(code);
    return entry == null ? null : entry.id();
  }

  /** Looks up at once what edits are about; before {@link #apply(EditCheck.Checked)}. */
  void fetch(List<EditCheck.Checked> edits) {
    flush();
    List<String> codes = new ArrayList<>();
    for (EditCheck.Checked checked : edits) {
      switch (checked.edit()) {
        case Edit.Create(Draft draft) -> {
          if (draft.externalReferenceCode() != null) {
            codes.add(draft.externalReferenceCode());
          }
        }
        case Edit.Replace(EntryRef ref, _, _) -> code(ref, codes);
        case Edit.Patch(EntryRef ref, _, _) -> code(ref, codes);
        case Edit.Merge(String code, _) -> codes.add(code);
        case Edit.Delete(EntryRef ref, _) -> code(ref, codes);
      }
    }
    table.find(tx, codes).forEach(entry -> present.put(entry.externalReferenceCode(), entry));
  }

  private static void code(EntryRef ref, List<String> codes) {
    if (ref instanceof EntryRef.Code(String code)) {
      codes.add(code);
    }
  }

  /**
   * Applies an edit whose entry was fetched; what it adds stands in the table after {@link #flush}.
   */
  Outcome apply(EditCheck.Checked checked) {
    int index = checked.index();
    return switch (checked.edit()) {
      case Edit.Create(Draft draft) -> create(index, draft.externalReferenceCode(), checked.sent());
      case Edit.Replace(EntryRef ref, Draft draft, Match match) -> {
        Optional<Entry> current = current(ref);
        Optional<EntryProblem> refusal = refusal(index, ref, current, draft, match);
        if (refusal.isPresent()) {
          yield refused(refusal.get());
        }
        yield current.isPresent()
            ? change(index, current.get(), checked.sent())
            : create(index, codeOf(ref), checked.sent());
      }
      case Edit.Patch(EntryRef ref, Draft draft, Match match) -> {
        Optional<Entry> current = current(ref);
        Optional<EntryProblem> refusal = refusal(index, ref, current, draft, match);
        if (current.isEmpty()) {
          yield refused(refusal.orElseGet(() -> missing(index, ref)));
        }
        yield refusal.isPresent()
            ? refused(refusal.get())
            : change(index, current.get(), over(current.get(), checked.sent()));
      }
      case Edit.Merge(String code, _) -> merge(index, code, checked.sent());
      case Edit.Delete(EntryRef ref, Match match) -> {
        Optional<Entry> current = current(ref);
        Optional<EntryProblem> version = mismatch(index, ref, current, match);
        if (version.isPresent()) {
          yield refused(version.get());
        }
        yield current.isPresent() ? delete(index, current.get()) : refused(missing(index, ref));
      }
    };
  }

  private Optional<Entry> current(EntryRef ref) {
    return switch (ref) {
      case EntryRef.Code(String code) -> Optional.ofNullable(present.get(code));
      case EntryRef.Id id -> {
        flush();
        yield table.find(tx, id);
      }
    };
  }

  private static @Nullable String codeOf(EntryRef ref) {
    return ref instanceof EntryRef.Code(String code) ? code : null;
  }

  /** Why an entry may not be replaced or patched: gone, changed meanwhile, or to be renamed. */
  private static Optional<EntryProblem> refusal(
      int index, EntryRef ref, Optional<Entry> current, Draft draft, Match match) {
    Optional<EntryProblem> mismatch = mismatch(index, ref, current, match);
    if (mismatch.isPresent()) {
      return mismatch;
    }
    if (current.isEmpty()) {
      return ref instanceof EntryRef.Id ? Optional.of(missing(index, ref)) : Optional.empty();
    }
    String sent = draft.externalReferenceCode();
    return sent == null || sent.equals(current.get().externalReferenceCode())
        ? Optional.empty()
        : Optional.of(
            new EntryProblem(
                index,
                Rule.CODE,
                SystemField.EXTERNAL_REFERENCE_CODE.title(),
                "is '" + current.get().externalReferenceCode() + "' and cannot be changed",
                "leave it out, or create another entry"));
  }

  private static Optional<EntryProblem> mismatch(
      int index, EntryRef ref, Optional<Entry> current, Match match) {
    String found = current.map(entry -> "has version " + entry.version()).orElse("is not there");
    boolean meets =
        switch (match) {
          case Match.Any() -> true;
          case Match.Absent() -> current.isEmpty();
          case Match.Present() -> current.isPresent();
          case Match.Version(long version) ->
              current.isPresent() && current.get().version() == version;
        };
    return meets
        ? Optional.empty()
        : Optional.of(
            new EntryProblem(
                index,
                Rule.VERSION,
                "",
                "the entry with " + ref + " " + found + ", not what the request demands",
                "read it again, and send the request with its present version"));
  }

  private static EntryProblem missing(int index, EntryRef ref) {
    return new EntryProblem(
        index, Rule.NOT_FOUND, "", "there is no entry with " + ref, "list the entries there are");
  }

  private static Outcome refused(EntryProblem problem) {
    return new Outcome.Refused(List.of(problem));
  }

  private static @Nullable Object[] over(Entry current, @Nullable Object[] sent) {
    @Nullable Object[] values = sent.clone();
    for (int i = 0; i < values.length; i++) {
      if (values[i] == Row.ABSENT) {
        values[i] = current.values().get(i);
      }
    }
    return values;
  }

  private Outcome merge(int index, String code, @Nullable Object[] sent) {
    Entry current = present.get(code);
    if (current != null) {
      return change(index, current, over(current, sent));
    }
    @Nullable Object[] values = sent.clone();
    List<EntryProblem> missing = EditCheck.complete(index, table, values);
    return missing.isEmpty() ? create(index, code, values) : new Outcome.Refused(missing);
  }

  private Outcome create(int index, @Nullable String given, @Nullable Object[] values) {
    String code = given == null ? changes.makeCode() : given;
    if (present.containsKey(code)) {
      return refused(
          new EntryProblem(
              index,
              Rule.EXISTS,
              SystemField.EXTERNAL_REFERENCE_CODE.title(),
              "'" + code + "' is taken by another entry",
              "send another one, or replace that entry with PUT"));
    }
    rules().complete(changes, null, values);
    long seq = changes.takeSeq();
    // An entry's id is the number of the event that created it: unique in the hub, never given
    // twice.
    Instant now = changes.now();
    Entry entry = new Entry(code, seq, now, now, 1, new Row(table.fields(), values));
    List<EntryProblem> problems = problems(index, null, entry);
    if (!problems.isEmpty()) {
      return new Outcome.Refused(problems);
    }
    added.add(entry);
    note(seq, Event.Operation.ADD, null, entry);
    return new Outcome.Done(new Applied(Applied.Effect.CREATED, entry));
  }

  private Outcome change(int index, Entry current, @Nullable Object[] values) {
    rules().complete(changes, current, values);
    if (Arrays.deepEquals(values, current.values().values())) {
      return new Outcome.Done(new Applied(Applied.Effect.UNCHANGED, current));
    }
    Entry entry =
        new Entry(
            current.externalReferenceCode(),
            current.id(),
            current.dateCreated(),
            changes.now(),
            current.version() + 1,
            new Row(table.fields(), values));
    List<EntryProblem> problems = problems(index, current, entry);
    if (!problems.isEmpty()) {
      return new Outcome.Refused(problems);
    }
    flush();
    table.update(tx, entry);
    note(changes.takeSeq(), Event.Operation.UPDATE, current, entry);
    return new Outcome.Done(new Applied(Applied.Effect.UPDATED, entry));
  }

  private Outcome delete(int index, Entry current) {
    if (!changes.begins(current.id())) {
      return new Outcome.Done(new Applied(Applied.Effect.UNCHANGED, current));
    }
    List<EntryRules.Broken> kept = rules().deleting(changes, current);
    if (!kept.isEmpty()) {
      return new Outcome.Refused(kept.stream().map(it -> it.at(index)).toList());
    }
    flush();
    table.delete(tx, current.id());
    note(changes.takeSeq(), Event.Operation.DELETE, current, null);
    return new Outcome.Done(new Applied(Applied.Effect.DELETED, current));
  }

  private EntryRules rules() {
    return table.definition().rules();
  }

  private List<EntryProblem> problems(int index, @Nullable Entry before, Entry after) {
    List<EntryProblem> problems = twins(index, before, after);
    rules().check(changes, before, after).forEach(broken -> problems.add(broken.at(index)));
    return problems;
  }

  /**
   * Sets of unique fields that changed and now equal another entry's. The one writer rules out a
   * race.
   */
  private List<EntryProblem> twins(int index, @Nullable Entry before, Entry after) {
    List<EntryProblem> problems = new ArrayList<>();
    for (List<String> set : table.definition().unique()) {
      boolean same =
          before != null
              && set.stream()
                  .allMatch(
                      it -> Objects.deepEquals(before.values().get(it), after.values().get(it)));
      if (!same) {
        flush();
        table
            .twin(tx, set, after)
            .ifPresent(twin ->
                problems.add(
                    new EntryProblem(
                        index,
                        Rule.UNIQUE,
                        String.join(",", set),
                        "is the same as in entry '" + twin + "' and must be unique",
                        "send another value, or change that entry")));
      }
    }
    return problems;
  }

  private void note(
      long seq, Event.Operation operation, @Nullable Entry before, @Nullable Entry after) {
    Entry either = after == null ? Objects.requireNonNull(before) : after;
    String code = either.externalReferenceCode();
    if (after == null) {
      present.remove(code);
    } else {
      present.put(code, after);
    }
    changes.note(table.definition().name(), seq, operation, before, after);
  }
}
