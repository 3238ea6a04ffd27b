package dev.lockstep.hub;

import dev.lockstep.store.Tx;
import java.util.List;
import java.util.Optional;

/** Edits of several objects within one transaction; used by the writing thread, and not kept. */
public interface JointEdits {
  /** An entry of any object as the transaction has it; empty too when there is no such object. */
  Optional<Entry> find(String object, EntryRef entry);

  /**
   * Up to {@code limit} entries of any object that have a value in a field, in the order of their
   * ids.
   */
  List<Entry> having(String object, String field, Object value, int limit);

  /**
   * Makes an edit, with its rules and its event.
   *
   * @throws EntriesRefused when it may not be made; let out of the work, it undoes all of it
   * @throws UnknownObject when there is no such object
   */
  Applied apply(String object, Edit edit);

  /** Joins two entries in a table of pairs; nothing happens when they are joined. */
  void pair(String table, long a, long b);

  /** Leaves an event that tells something of an entry without a change; answers its id. */
  String signal(String object, Entry entry, String signal);

  /** Work that makes such edits, and keeps something beside them. */
  interface Work<T> {
    T run(Tx tx, JointEdits edits);
  }
}
