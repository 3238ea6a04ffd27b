package dev.lockstep.hub;

import dev.lockstep.hub.EditSession.Outcome;
import dev.lockstep.store.Tx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Many edits of one object in one transaction, each made or refused by itself, checked ahead of it
 * so that the store's writer is kept shortly. Thread-safe.
 */
public final class BulkEdits {
  private final Hub hub;

  public BulkEdits(Hub hub) {
    this.hub = hub;
  }

  /** What became of an edit. */
  public sealed interface Result {
    record Made(Applied applied) implements Result {}

    /**
     * @param reference whether the reason is a reference to what is not there, which may yet come
     */
    record Refused(List<EntryProblem> problems, boolean reference) implements Result {}
  }

  /** What is kept together with the edits, in their transaction. */
  public interface Noting {
    void note(Tx tx, List<Result> results);
  }

  /**
   * Checks an edit against the object as it is at present.
   *
   * @param edit with {@link PreparedEdit#placeholder} in the fields that references name
   * @throws UnknownObject when there is no such object
   */
  public PreparedEdit prepare(String object, Edit edit, List<Reference> references) {
    return PreparedEdit.of(hub.table(object), edit, references);
  }

  /**
   * Makes edits in their order; one that is refused keeps no other from being made.
   *
   * @param stops whether the first that is refused for good is the last that is looked at
   * @return one result for each edit that was looked at
   * @throws UnknownObject when there is no such object any more
   */
  public List<Result> apply(
      String object, List<PreparedEdit> edits, Author author, boolean stops, Noting noting)
      throws InterruptedException {
    Map<Integer, List<EntryProblem>> halfMade = new HashMap<>();
    while (true) {
      try {
        return hub.steadily(() -> {
          ObjectTable table = hub.table(object);
          List<PreparedEdit> present = edits.stream().map(it -> it.on(table)).toList();
          return hub.write(
              author,
              (tx, changes) -> {
                Making making = new Making(tx, changes, table, halfMade);
                List<Result> results = making.make(present, stops);
                noting.note(tx, results);
                return results;
              });
        });
      } catch (HalfMade half) {
        // Its own changes went with the rest; it is left out the next time.
        halfMade.put(half.index, half.problems);
      }
    }
  }

  /** An edit that was refused when it had changed other entries already. */
  private static final class HalfMade extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int index;
    private final transient List<EntryProblem> problems;

    HalfMade(int index, List<EntryProblem> problems) {
      super(null, null, false, false);
      this.index = index;
      this.problems = problems;
    }
  }

  /** One transaction's edits. */
  private record Making(
      Tx tx, CallChanges changes, ObjectTable table, Map<Integer, List<EntryProblem>> halfMade) {

    List<Result> make(List<PreparedEdit> edits, boolean stops) {
      EditSession session = changes.on(table);
      session.fetch(edits.stream().flatMap(it -> it.checked().stream()).toList());
      Map<String, Map<String, Long>> ids = referred(edits);
      List<Result> results = new ArrayList<>(edits.size());
      for (int i = 0; i < edits.size(); i++) {
        Result result = make(session, ids, edits.get(i), i);
        results.add(result);
        if (stops && result instanceof Result.Refused refused && !refused.reference()) {
          break;
        }
      }
      session.flush();
      return results;
    }

    private Result make(
        EditSession session, Map<String, Map<String, Long>> ids, PreparedEdit edit, int index) {
      List<EntryProblem> known = halfMade.getOrDefault(index, edit.problems());
      if (!known.isEmpty()) {
        return new Result.Refused(known, false);
      }
      List<EntryProblem> missing = missing(session, ids, edit);
      if (!missing.isEmpty()) {
        return new Result.Refused(missing, true);
      }
      int changed = changes.changed();
      Outcome outcome =
          session.apply(edit.with(it -> Objects.requireNonNull(id(session, ids, it)).longValue()));
      return switch (outcome) {
        case Outcome.Done(Applied applied) -> new Result.Made(applied);
        case Outcome.Refused(List<EntryProblem> problems) -> {
          if (changes.changed() > changed) {
            throw new HalfMade(index, problems);
          }
          yield new Result.Refused(problems, false);
        }
      };
    }

    private List<EntryProblem> missing(
        EditSession session, Map<String, Map<String, Long>> ids, PreparedEdit edit) {
      List<EntryProblem> missing = new ArrayList<>();
      for (Reference reference : edit.references()) {
        if (id(session, ids, reference) == null) {
          missing.add(
              new EntryProblem(
                  0, Rule.REFERENCE, "", reference.missing(), "create that entry first"));
        }
      }
      return missing;
    }

    private @Nullable Long id(
        EditSession session, Map<String, Map<String, Long>> ids, Reference reference) {
      if (reference.object().equals(table.definition().name())) {
        Long own = session.idOf(reference.code());
        if (own != null) {
          return own;
        }
      }
      return ids.getOrDefault(reference.object(), Map.of()).get(reference.code());
    }

    /** The ids of all that is referred to and was there before. */
    private Map<String, Map<String, Long>> referred(List<PreparedEdit> edits) {
      Map<String, Set<String>> codes = new HashMap<>();
      for (PreparedEdit edit : edits) {
        for (Reference reference : edit.references()) {
          if (reference.code().indexOf('\0') < 0) {
            codes.computeIfAbsent(reference.object(), _ -> new HashSet<>()).add(reference.code());
          }
        }
      }
      Map<String, Map<String, Long>> ids = new HashMap<>();
      codes.forEach((object, some) -> {
        Map<String, Long> found = new HashMap<>();
        changes.ids(object, List.copyOf(some), found::put);
        ids.put(object, found);
      });
      return ids;
    }
  }
}
