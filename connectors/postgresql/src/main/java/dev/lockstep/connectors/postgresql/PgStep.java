package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.Writer.Mode;
import dev.lockstep.connectors.jdbc.Applier.Task;
import dev.lockstep.connectors.jdbc.Item;
import dev.lockstep.connectors.jdbc.Outcomes;
import dev.lockstep.connectors.jdbc.Shape;
import dev.lockstep.connectors.jdbc.Table;
import dev.lockstep.connectors.jdbc.TableName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Items of one table, one shape and one kind, in the order of their key: what one statement writes.
 *
 * @param outcomes where the outcomes of the items' batch are noted
 */
record PgStep(Task task, Kind kind, Shape shape, List<Item> items, Outcomes outcomes) {

  /** What is done with the items. */
  enum Kind {
    DELETE,
    /** Takes records to other keys. */
    MOVE,
    PUT,
    /** Deletes what is left at the old keys of those that were moved. */
    LEAVE
  }

  boolean isDelete() {
    return kind == Kind.DELETE || kind == Kind.LEAVE;
  }

  Table table() {
    return task.table();
  }

  TableName name() {
    return task.table().name();
  }

  PgStep with(List<Item> some) {
    return new PgStep(task, kind, shape, some, outcomes);
  }

  /** Without those that leave a key for one at which they were not taken. */
  PgStep taken() {
    return with(items.stream().filter(item -> outcomes.isTaken(item.left())).toList());
  }

  /** A batch as steps: deletes, then what moves, since others may come to the keys that it left. */
  static List<PgStep> of(Task task, List<Item> items, Outcomes outcomes) {
    Map<Kind, Map<Shape, List<Item>>> groups = new EnumMap<>(Kind.class);
    for (Item item : items) {
      groups
          .computeIfAbsent(kind(item), kind -> new LinkedHashMap<>())
          .computeIfAbsent(item.shape(), shape -> new ArrayList<>())
          .add(item);
    }
    List<PgStep> steps = new ArrayList<>();
    groups.forEach((kind, shapes) ->
        shapes.forEach((shape, some) -> {
          // What moves has an order of its own.
          List<Item> sorted = kind == Kind.MOVE ? some : byKey(task, shape, some);
          steps.add(new PgStep(task, kind, shape, sorted, outcomes));
        }));
    return steps;
  }

  private static Kind kind(Item item) {
    if (item.isDelete()) {
      return item.left() < 0 ? Kind.DELETE : Kind.LEAVE;
    }
    return item.move() == null ? Kind.PUT : Kind.MOVE;
  }

  /**
   * In the order of the key writers that meet wait for each other instead of deadlocking, and rows
   * that lie in one page are met in one go: half the cost of a large set.
   */
  private static List<Item> byKey(Task task, Shape shape, List<Item> items) {
    if (task.mode() != Mode.APPEND) {
      Comparator<Item> order = (one, other) -> compare(shape.keys(), one, other);
      items.sort(order);
    }
    return items;
  }

  private static int compare(int keys, Item one, Item other) {
    for (int i = 0; i < keys; i++) {
      int order = compare(one.values()[i], other.values()[i]);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** A column's values have one class, which has an order wherever it serves as a key. */
  @SuppressWarnings("unchecked")
  private static int compare(@Nullable Object one, @Nullable Object other) {
    if (one instanceof Long a && other instanceof Long b) {
      return Long.compare(a, b);
    }
    return one instanceof Comparable<?> && other != null && one.getClass() == other.getClass()
        ? ((Comparable<Object>) one).compareTo(other)
        : 0;
  }

  /** The steps of several batches in the order that the tables' constraints ask for. */
  static List<PgStep> ordered(List<PgStep> steps, PgLinks links) {
    if (steps.size() < 2) {
      return steps;
    }
    List<TableName> parentsFirst =
        links.parentsFirst(steps.stream().map(PgStep::name).distinct().toList());
    List<PgStep> ordered = new ArrayList<>(steps.size());
    add(ordered, parentsFirst.reversed(), steps, step -> step.comesFirst(links));
    add(ordered, parentsFirst, steps, step -> !step.isDelete());
    add(
        ordered,
        parentsFirst.reversed(),
        steps,
        step -> step.isDelete() && !step.comesFirst(links));
    return ordered;
  }

  private boolean comesFirst(PgLinks links) {
    return kind == Kind.DELETE && links.deletesFirst(name());
  }

  private static void add(
      List<PgStep> to, List<TableName> order, List<PgStep> steps, Predicate<PgStep> wanted) {
    for (TableName table : order) {
      steps.stream().filter(s -> s.name().equals(table)).filter(wanted).forEach(to::add);
    }
  }
}
