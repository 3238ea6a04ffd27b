package dev.lockstep.hub;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an object demands of its entries beyond the types of its fields, and what else changes with
 * them. Called by the store's writing thread within the transaction of the edit: short, and without
 * calling the hub or the store by any way but its {@link Scene}.
 */
public interface EntryRules {
  /** Demands nothing. */
  EntryRules NONE = new EntryRules() {};

  /**
   * Completes the values of a new or changed entry before they are compared with what is there.
   *
   * @param before the entry as it is, null for a new one
   * @param values one for each declared field in the definition's order; changed in place
   */
  default void complete(Scene scene, @Nullable Entry before, @Nullable Object[] values) {}

  /**
   * Why an entry may not become so; empty when it may.
   *
   * @param before the entry as it is, null for a new one
   */
  default List<Broken> check(Scene scene, @Nullable Entry before, Entry after) {
    return List.of();
  }

  /** Changes what must change when an entry goes; why it may not go, empty when it may. */
  default List<Broken> deleting(Scene scene, Entry entry) {
    return List.of();
  }

  /**
   * Declared fields that stand for more than their values, such as files, secrets and states of a
   * workflow: only who knows these shows and sets them.
   */
  default Set<String> kept() {
    return Set.of();
  }

  /** Fields that a caller must send although their columns may be null. */
  default Set<String> demanded() {
    return Set.of();
  }

  /**
   * A demand that is not met.
   *
   * @param field the field or fields at fault, empty for the entry as a whole
   */
  record Broken(Rule rule, String field, String message, String remedy) {
    EntryProblem at(int index) {
      return new EntryProblem(index, rule, field, message, remedy);
    }
  }

  /** The transaction that a rule looks at, and may add to. */
  interface Scene {
    Author author();

    /** The moment of the edit. */
    Instant now();

    /** An entry of any object as the transaction has it; empty too when there is no such object. */
    Optional<Entry> find(String object, EntryRef entry);

    /**
     * Up to {@code limit} entries of any object that have a value in a field, in the order of their
     * ids.
     */
    List<Entry> having(String object, String field, Object value, int limit);

    /** Whether one of the hub's own tables has a number in a column. */
    boolean holds(String table, String column, long id);

    /** Parts an entry from all that a table of pairs joins it to. */
    void unpair(String table, String column, long id);

    /** Applies a further edit as part of this one, with its rules and its event. */
    List<Broken> edit(String object, Edit edit);

    /**
     * The next number of a named series, from {@code first} on; one that is undone leaves no gap.
     */
    long next(String series, long first);

    /** How many entries this call has changed so far, by edits of rules and its own. */
    int changed();
  }
}
