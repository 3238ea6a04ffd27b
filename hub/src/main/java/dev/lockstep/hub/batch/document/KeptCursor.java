package dev.lockstep.hub.batch.document;

import dev.lockstep.hub.Hub;
import dev.lockstep.hub.batch.ExportCursor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The items of one class that are kept whole, in the order in which they first came. */
final class KeptCursor implements ExportCursor {
  /** An item may be large. */
  private static final int AT_ONCE = 16;

  private final Hub hub;
  private final String className;
  private final String delegate;
  private final Deque<KeptItems.Placed> read = new ArrayDeque<>();
  private long place;

  KeptCursor(Hub hub, String className, String delegate, String after) {
    this.hub = hub;
    this.className = className;
    this.delegate = delegate;
    this.place = after.isEmpty() ? 0 : Long.parseLong(after);
  }

  @Override
  public @Nullable ObjectNode next() throws InterruptedException {
    if (read.isEmpty()) {
      read.addAll(hub.read(tx -> new KeptItems(tx, className, delegate).after(place, AT_ONCE)));
    }
    KeptItems.Placed next = read.poll();
    if (next == null) {
      return null;
    }
    place = next.id();
    return next.item();
  }

  @Override
  public OptionalLong total() throws InterruptedException {
    return OptionalLong.of(hub.read(tx -> new KeptItems(tx, className, delegate).count()));
  }

  @Override
  public String place() {
    return Long.toString(place);
  }

  @Override
  public void close() {}
}
