package dev.lockstep.connector;

import java.util.List;

/** Writes pieces: many records in one transaction, as bytes of a form or as rows. Thread-safe. */
public interface FormWriter {

  /** The form in which these fields of a dataset can be taken. */
  Answer form(Into into) throws InterruptedException;

  /**
   * Takes a piece in one transaction, together with an entry in the ledger that {@link
   * Writer#ledger} then answers. Records whose key is there already are updated where they differ.
   * Whatever is thrown, nothing was written, save that a {@link ConnectorException} with {@link
   * Failure.Transient} leaves that unknown. What {@code bytes} throws passes through.
   */
  Taken take(Into into, FormBytes bytes, Seal seal) throws InterruptedException;

  /** Whether pieces with these fields are taken as rows, too. */
  boolean takesRows(Into into) throws InterruptedException;

  /**
   * As the other {@code take}, for records that are read on their way. Only called where {@link
   * #takesRows} says so.
   */
  Taken take(Into into, FormRows rows, Seal seal) throws InterruptedException;

  /**
   * Finds the records whose key is not among those sent.
   *
   * @param into its fields are those of the key
   * @return how many records the dataset has
   */
  long missing(Into into, FormBytes keys, Gone gone) throws InterruptedException;

  /**
   * Where records go.
   *
   * @param fields the target's fields, in the order in which they are sent
   * @param key those that identify a record
   */
  record Into(DatasetId dataset, List<String> fields, List<String> key) {
    public Into {
      fields = List.copyOf(fields);
      key = List.copyOf(key);
    }
  }

  /** Whether there is a form for some fields. */
  sealed interface Answer {
    record Takes(BulkForm form) implements Answer {}

    /** There is none; the reason ends a sentence. */
    record Declines(String reason) implements Answer {}
  }

  /** What became of a piece. */
  sealed interface Taken {
    /** All of it is there. */
    record All() implements Taken {}

    /** Nothing was written; sent once more it is taken another way. */
    record Again() implements Taken {}

    /** A record is refused, and the piece with it; nothing was written. */
    record Refused(String reason) implements Taken {}
  }

  /** The engine's hand in the target's transaction. */
  interface Seal {
    /** Whose entry it is; one entry per owner. */
    String owner();

    /**
     * Called on the writing thread before the commit; its answer is stored under {@link #owner} in
     * the same transaction. When it throws, the transaction is rolled back.
     *
     * @param changed how many records were inserted or updated
     * @param unchanged how many were there already as they were sent
     */
    String seal(long changed, long unchanged) throws InterruptedException;
  }

  /** Is told the keys that are gone, some at a time. */
  interface Gone {
    void found(List<Key> keys) throws InterruptedException;
  }
}
