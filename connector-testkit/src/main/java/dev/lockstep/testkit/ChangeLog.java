package dev.lockstep.testkit;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.ChangeReader.ChangeBatch;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * A system's changes in commit order, numbered from 1. A position names the last change seen. What
 * every subscription has acknowledged is dropped at once, so that an acknowledgement that came too
 * early loses data here as it would in a real log. Guarded by its system's lock.
 */
final class ChangeLog {
  private static final String VERSION = "memory1:";

  private final NavigableMap<Long, Logged> changes = new TreeMap<>();
  private final Map<String, Long> acknowledged = new HashMap<>();
  private long last;
  private long dropped;
  private boolean keepsAcknowledged;

  private record Logged(Change change, boolean endsTransaction) {}

  void append(List<Change> transaction) {
    for (int i = 0; i < transaction.size(); i++) {
      changes.put(++last, new Logged(transaction.get(i), i == transaction.size() - 1));
    }
    if (acknowledged.isEmpty() && !keepsAcknowledged) {
      dropThrough(last);
    }
  }

  Position subscribe(String name) {
    return position(acknowledged.computeIfAbsent(name, n -> last));
  }

  void unsubscribe(String name) {
    acknowledged.remove(name);
    dropAcknowledged();
  }

  void acknowledge(String name, Position durable) {
    acknowledged.computeIfPresent(name, (n, before) -> Math.max(before, number(durable)));
    dropAcknowledged();
  }

  Map<String, Position> acknowledged() {
    Map<String, Position> positions = new TreeMap<>();
    acknowledged.forEach((name, number) -> positions.put(name, position(number)));
    return positions;
  }

  void keepAcknowledged() {
    keepsAcknowledged = true;
  }

  void dropThrough(long number) {
    changes.headMap(number, true).clear();
    dropped = Math.max(dropped, number);
  }

  long last() {
    return last;
  }

  static Position position(long number) {
    return new Position(VERSION + number);
  }

  /** Refuses a position whose following changes are gone. */
  long check(Position after) {
    long number = number(after);
    if (number < dropped || number > last) {
      throw new ConnectorException(
          new Failure.PositionLost(
              after,
              "the log holds changes " + (dropped + 1) + " to " + last + "; read in bulk again"));
    }
    return number;
  }

  boolean hasAfter(long number, Set<DatasetId> datasets) {
    return changes.tailMap(number, false).values().stream()
        .anyMatch(logged -> datasets.contains(logged.change().dataset()));
  }

  /** Up to {@code until}, which may lie behind what there is. */
  ChangeBatch between(long number, long until, Set<DatasetId> datasets, int most) {
    check(position(number));
    List<Change> batch = new ArrayList<>();
    long at = number;
    boolean ends = true;
    for (Map.Entry<Long, Logged> entry :
        changes.subMap(number, false, Math.max(number, until), true).entrySet()) {
      boolean wanted = datasets.contains(entry.getValue().change().dataset());
      if (wanted && batch.size() == most) {
        break;
      }
      if (wanted) {
        batch.add(entry.getValue().change());
      }
      at = entry.getKey();
      ends = entry.getValue().endsTransaction();
    }
    return new ChangeBatch(batch, position(at), ends);
  }

  static long number(Position position) {
    if (!position.token().matches(VERSION + "\\d{1,18}")) {
      throw new ConnectorException(
          new Failure.PositionLost(position, "not a position of this log; read in bulk again"));
    }
    return Long.parseLong(position.token().substring(VERSION.length()));
  }

  private void dropAcknowledged() {
    if (!keepsAcknowledged) {
      dropThrough(acknowledged.values().stream().mapToLong(Long::longValue).min().orElse(last));
    }
  }
}
