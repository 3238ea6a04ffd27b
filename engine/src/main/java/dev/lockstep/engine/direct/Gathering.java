package dev.lockstep.engine.direct;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Failure;
import dev.lockstep.engine.run.Route;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Where syncs that are delivered together wait for each other: a source transaction can only be
 * delivered whole when all of them are ready. Thread-safe.
 */
final class Gathering {
  private final Supplier<Set<String>> expected;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, Route> present = new LinkedHashMap<>();
  private Instant since = Instant.EPOCH;
  private boolean held;
  private final Map<String, RuntimeException> dismissed = new LinkedHashMap<>();
  private final Map<String, Joined> joined = new LinkedHashMap<>();
  private final Map<String, Route> prepared = new LinkedHashMap<>();

  /** One that is prepared. */
  record Joined(Route route, Loading loading) {}

  /**
   * @param expected who takes part, which may change; {@link #expectOthers} says that it has
   */
  Gathering(Supplier<Set<String>> expected, InstantSource clock) {
    this.expected = expected;
    this.clock = clock;
  }

  /** Says that a sync is prepared, and how much of its dataset is loaded. */
  void join(String sync, Route route, Loading loading) {
    lock.lock();
    try {
      joined.put(sync, new Joined(route, loading));
      prepared.put(sync, route);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Says that a sync must be prepared again. */
  void leave(String sync) {
    lock.lock();
    try {
      joined.remove(sync);
    } finally {
      lock.unlock();
    }
  }

  /** Waits until all are prepared, and returns them by name. */
  Map<String, Joined> joined() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!joined.keySet().containsAll(expected.get())) {
        changed.await();
      }
      return of(joined);
    } finally {
      lock.unlock();
    }
  }

  /** Waits until all have been prepared once, and returns their latest routes. */
  List<Route> prepared() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!prepared.keySet().containsAll(expected.get())) {
        changed.await();
      }
      return List.copyOf(of(prepared).values());
    } finally {
      lock.unlock();
    }
  }

  /** Takes part until it is interrupted or dismissed, which throws why. */
  void attend(String sync, Route route) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      dismissed.remove(sync);
      since = present.isEmpty() ? clock.instant() : since;
      present.put(sync, route);
      changed.signalAll();
      while (!dismissed.containsKey(sync)) {
        changed.await();
      }
      throw Objects.requireNonNull(dismissed.remove(sync));
    } finally {
      while (held) {
        changed.awaitUninterruptibly();
      }
      present.remove(sync);
      lock.unlock();
    }
  }

  /** Waits until all are there, and returns their routes. */
  List<Route> all() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!present.keySet().containsAll(expected.get())) {
        changed.await();
      }
      return List.copyOf(of(present).values());
    } finally {
      lock.unlock();
    }
  }

  /** The routes of all; empty when they are not all there. */
  Optional<List<Route>> present() {
    lock.lock();
    try {
      return present.keySet().containsAll(expected.get())
          ? Optional.of(List.copyOf(of(present).values()))
          : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** Keeps those who are there from leaving, if all are, and answers their routes. */
  Optional<List<Route>> hold() {
    lock.lock();
    try {
      Optional<List<Route>> all = present();
      held = all.isPresent();
      return all;
    } finally {
      lock.unlock();
    }
  }

  /** Lets those leave who were kept. */
  void letGo() {
    lock.lock();
    try {
      held = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** What there is for those who are expected. */
  private <T> Map<String, T> of(Map<String, T> all) {
    Map<String, T> those = new LinkedHashMap<>(all);
    those.keySet().retainAll(expected.get());
    return those;
  }

  /** Says that others are expected than before. */
  void expectOthers() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** When the first of those that are there came. */
  Instant since() {
    lock.lock();
    try {
      return since;
    } finally {
      lock.unlock();
    }
  }

  /** Those that are not there. */
  List<String> missing() {
    lock.lock();
    try {
      List<String> missing = new ArrayList<>(expected.get());
      missing.removeAll(present.keySet());
      missing.sort(null);
      return missing;
    } finally {
      lock.unlock();
    }
  }

  /** Sends all who are there away, to prepare anew. */
  void dismiss(Failure failure) {
    dismiss(new ConnectorException(failure));
  }

  /** Sends all who are there away with what tells why. */
  void dismiss(RuntimeException why) {
    lock.lock();
    try {
      present.keySet().forEach(sync -> dismissed.put(sync, why));
      present.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
