package dev.lockstep.connectors.jdbc;

import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One mutation, ready for its table.
 *
 * @param place its index in the batch
 * @param values in the order of the shape's columns, in the form the columns will hold
 * @param move where the rest of a record that moves is; null for all others
 * @param left for a delete, the place of the item that moves the record to another key first; -1
 *     where there is none
 */
public record Item(
    int place,
    boolean isDelete,
    Shape shape,
    @Nullable Object[] values,
    @Nullable Move move,
    int left) {

  Item(int place, boolean isDelete, Shape shape, @Nullable Object[] values) {
    this(place, isDelete, shape, values, null, -1);
  }

  /**
   * Where the rest of a record that moves to another key is.
   *
   * @param from its key so far, in the form the columns hold
   * @param kept the places of the columns that were not sent
   * @param reused whether another record comes to the old key in the same batch, other than by a
   *     move
   * @param joined whether it can only be written together with the item before it, as with records
   *     that exchange their keys
   */
  public record Move(@Nullable Object[] from, BitSet kept, boolean reused, boolean joined) {}

  /** Where items in their order can be cut in two, near the middle; 0 where they cannot. */
  public static int cut(List<Item> items) {
    int middle = items.size() / 2;
    for (int off = 0; off < items.size(); off++) {
      for (int at : new int[] {middle - off, middle + off}) {
        if (at > 0 && at < items.size() && !isJoined(items.get(at))) {
          return at;
        }
      }
    }
    return 0;
  }

  private static boolean isJoined(Item item) {
    return item.move != null && item.move.joined;
  }
}
