package dev.lockstep.hub.dispatch;

import dev.lockstep.hub.Hub;
import dev.lockstep.hub.batch.ExportCursor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Triggers in the order of their ids. */
final class TriggerCursor implements ExportCursor {
  private static final int AT_ONCE = 50;

  private final Hub hub;
  private final Deque<Trigger> read = new ArrayDeque<>();
  private long place;

  TriggerCursor(Hub hub, String after) {
    this.hub = hub;
    this.place = after.isEmpty() ? 0 : Long.parseLong(after);
  }

  @Override
  public @Nullable ObjectNode next() throws InterruptedException {
    if (read.isEmpty()) {
      read.addAll(hub.read(tx -> TriggerTable.after(tx, place, AT_ONCE)));
    }
    Trigger next = read.poll();
    if (next == null) {
      return null;
    }
    place = next.id();
    return TriggerJson.kept(next);
  }

  @Override
  public OptionalLong total() throws InterruptedException {
    return OptionalLong.of(hub.read(TriggerTable::count));
  }

  @Override
  public String place() {
    return Long.toString(place);
  }

  @Override
  public void close() {}
}
