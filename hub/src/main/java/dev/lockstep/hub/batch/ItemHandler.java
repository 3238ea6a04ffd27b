package dev.lockstep.hub.batch;

import dev.lockstep.hub.batch.format.Column;
import dev.lockstep.hub.batch.format.Item;
import java.util.List;
import java.util.Optional;

/** What the items of one class name mean. Thread-safe. */
public interface ItemHandler {
  /** Why a task with these parameters cannot be carried out; empty when it can. */
  default Optional<String> refusal(ImportParameters parameters) {
    return Optional.empty();
  }

  /** The most items that {@link #write} takes at once. */
  default int most() {
    return Integer.MAX_VALUE;
  }

  /** What the values of a field are, where items come as a table. */
  default Column column(String field, ImportParameters parameters) {
    return Column.UNKNOWN;
  }

  /** What who looks at a task should know of its items, such as that they have no meaning here. */
  default Optional<String> remark() {
    return Optional.empty();
  }

  /**
   * Does what the operation says with each item, in order. The process may be killed before the
   * outcomes are noted, and the same items are then brought again: applying them again changes
   * nothing.
   *
   * <p>The caller's rights are those of {@link ImportParameters#access}.
   *
   * @return one outcome for each item; with {@link ImportParameters#onErrorFail} the list ends with
   *     the first that failed
   */
  List<ItemOutcome> write(List<Item.Read> items, ImportParameters parameters, Checkpoint checkpoint)
      throws InterruptedException;

  /**
   * Begins work with items while those before them are still being written: what can be done
   * without the store's present state. Called ahead of {@link Ready#write}, on another thread.
   */
  default Ready ready(List<Item.Read> items, ImportParameters parameters)
      throws InterruptedException {
    return checkpoint -> write(items, parameters, checkpoint);
  }

  /** Items that can be written; {@link #write} with the first half of its work done. */
  interface Ready {
    List<ItemOutcome> write(Checkpoint checkpoint) throws InterruptedException;

    /** Takes back what was prepared for items that are not written any more. */
    default void abandon() throws InterruptedException {}
  }

  /**
   * The items there are, in a stable order.
   *
   * @param after {@link ExportCursor#place} of where to go on; empty for the beginning
   * @throws UnsupportedOperationException where they cannot be exported
   */
  default ExportCursor export(ExportParameters parameters, String after)
      throws InterruptedException {
    throw new UnsupportedOperationException(parameters.className() + " cannot be exported");
  }
}
