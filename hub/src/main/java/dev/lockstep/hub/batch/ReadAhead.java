package dev.lockstep.hub.batch;

import dev.lockstep.hub.batch.format.Item;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Reads a content, and prepares its items, on a thread of its own while those before are being
 * written. What waits to be written is bounded (invariant 8).
 */
final class ReadAhead {
  private static final int AHEAD = 1;

  private final BlockingQueue<Step> steps = new ArrayBlockingQueue<>(AHEAD);
  private final Preparing preparing;
  private final int most;
  private final Thread thread;

  /** Makes items ready. */
  interface Preparing {
    ItemHandler.Ready ready(Group group) throws InterruptedException;
  }

  /** What comes next. */
  sealed interface Step {
    record Write(Group group, ItemHandler.Ready ready) implements Step {}

    /** The content has been read to its end. */
    record End() implements Step {}

    /** Nothing more can be read, or prepared. */
    record Broken(Exception fault) implements Step {}
  }

  /**
   * @param skipped how many items were dealt with before
   * @param most how many items are written together
   */
  ReadAhead(OpenContent content, long skipped, Preparing preparing, int most, String name) {
    this.most = most;
    this.preparing = preparing;
    // Not a virtual one: it computes all the time, and would keep others from the processors.
    this.thread = Thread.ofPlatform().daemon().name(name).start(() -> read(content, skipped));
  }

  Step take() throws InterruptedException {
    return steps.take();
  }

  private void read(OpenContent content, long skipped) {
    try {
      try {
        readAll(content, skipped);
        steps.put(new Step.End());
      } catch (IOException | RuntimeException fault) {
        steps.put(new Step.Broken(fault));
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void readAll(OpenContent content, long skipped) throws IOException, InterruptedException {
    List<Item> items = new ArrayList<>();
    try {
      readAll(content, skipped, items);
    } catch (IOException | RuntimeException damaged) {
      // What stands before a damage is as good as it was.
      putRest(content, items);
      throw damaged;
    }
    putRest(content, items);
  }

  private void readAll(OpenContent content, long skipped, List<Item> items)
      throws IOException, InterruptedException {
    long from = content.read();
    for (@Nullable Item item = content.reader().next();
        item != null;
        item = content.reader().next()) {
      if (item.index() <= skipped) {
        from = content.read();
        continue;
      }
      items.add(item);
      if (items.size() >= most || content.read() - from >= TaskRun.MOST_BYTES) {
        putRest(content, items);
        from = content.read();
      }
    }
  }

  private void putRest(OpenContent content, List<Item> items) throws InterruptedException {
    if (!items.isEmpty()) {
      Group group = new Group(List.copyOf(items), content.consumed());
      items.clear();
      put(group);
    }
  }

  private void put(Group group) throws InterruptedException {
    ItemHandler.Ready ready = preparing.ready(group);
    try {
      steps.put(new Step.Write(group, ready));
    } catch (InterruptedException closed) {
      // Nobody takes it any more.
      ready.abandon();
      throw closed;
    }
  }

  /** Ends the reading, and takes back what was prepared and not written. */
  void end() throws InterruptedException {
    thread.interrupt();
    thread.join();
    for (Step step = steps.poll(); step != null; step = steps.poll()) {
      if (step instanceof Step.Write(_, ItemHandler.Ready ready)) {
        ready.abandon();
      }
    }
  }
}
