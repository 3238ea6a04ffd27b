package dev.lockstep.hub.batch;

import dev.lockstep.hub.batch.ItemOutcome.Failed;
import dev.lockstep.hub.batch.Progress.Settled;
import dev.lockstep.hub.batch.format.Item;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Some items that follow one another, to be written together.
 *
 * @param items as they were sent
 * @param consumed how many bytes of the content were read up to here
 */
record Group(List<Item> items, long consumed) {

  /** Those that a handler is given: all that could be read, up to where a failure would end it. */
  List<Item.Read> readable(Mapping mapping, boolean onErrorFail) {
    List<Item.Read> readable = new ArrayList<>(items.size());
    for (Item item : items) {
      switch (item) {
        case Item.Read read -> readable.add(mapping.of(read));
        case Item.Damaged _ -> {
          if (onErrorFail) {
            return readable;
          }
        }
      }
    }
    return readable;
  }

  /** What became of the items, those that could not be read among them. */
  List<Settled> settled(List<ItemOutcome> outcomes, boolean onErrorFail) {
    List<Settled> settled = new ArrayList<>(items.size());
    Iterator<ItemOutcome> next = outcomes.iterator();
    for (Item item : items) {
      ItemOutcome outcome;
      switch (item) {
        case Item.Damaged damaged -> outcome = new Failed(damaged.fault());
        case Item.Read _ -> {
          if (!next.hasNext()) {
            return settled;
          }
          outcome = next.next();
        }
      }
      settled.add(new Settled(item.index(), () -> text(item), outcome));
      if (onErrorFail && outcome instanceof Failed) {
        return settled;
      }
    }
    return settled;
  }

  static String text(Item item) {
    return switch (item) {
      case Item.Read read -> read.value().toString();
      case Item.Damaged damaged -> damaged.text();
    };
  }

  /** Each item by itself. */
  List<Group> single() {
    return items.stream().map(item -> new Group(List.of(item), consumed)).toList();
  }
}
