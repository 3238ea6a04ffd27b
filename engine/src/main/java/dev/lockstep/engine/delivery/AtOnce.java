package dev.lockstep.engine.delivery;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Runs numbered tasks on several threads and waits for all; the first failure ends the rest. */
public final class AtOnce {
  private static final ThreadFactory VIRTUAL = Thread.ofVirtual().factory();

  private final AtomicInteger next = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final int tasks;
  private final Task task;

  private AtOnce(int tasks, Task task) {
    this.tasks = tasks;
    this.task = task;
  }

  /** A task; called once for each number, from several threads. */
  public interface Task {
    void run(int number) throws InterruptedException;
  }

  /** Returns when every task is done; throws what the first failing one threw. */
  public static void run(int tasks, int threads, Task task) throws InterruptedException {
    run(tasks, threads, VIRTUAL, task);
  }

  /** The same on threads of a maker's. */
  public static void run(int tasks, int threads, ThreadFactory maker, Task task)
      throws InterruptedException {
    if (tasks == 1) {
      task.run(0);
      return;
    }
    new AtOnce(tasks, task).run(Math.min(tasks, threads), maker);
  }

  private void run(int threads, ThreadFactory maker) throws InterruptedException {
    try (ExecutorService executor = Executors.newThreadPerTaskExecutor(maker)) {
      begin(threads, executor);
      executor.shutdown();
      try {
        boolean over = executor.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        assert over;
      } catch (InterruptedException e) {
        executor.shutdownNow();
        throw e;
      }
    }
    rethrow(failure.get());
  }

  private void begin(int threads, ExecutorService executor) {
    try {
      for (int i = 0; i < threads; i++) {
        executor.execute(() -> work(executor));
      }
    } catch (RejectedExecutionException e) {
      // Only after a failure, which one that has begun already has met.
      assert failure.get() != null;
    }
  }

  private void work(ExecutorService executor) {
    try {
      for (int at = next.getAndIncrement(); at < tasks; at = next.getAndIncrement()) {
        task.run(at);
      }
    } catch (Throwable e) {
      if (failure.compareAndSet(null, e)) {
        executor.shutdownNow();
      }
    }
  }

  private static void rethrow(@Nullable Throwable failure) throws InterruptedException {
    switch (failure) {
      case null -> {}
      case RuntimeException unchecked -> throw unchecked;
      case InterruptedException interrupted -> throw interrupted;
      case Error error -> throw error;
      default -> throw new IllegalStateException(failure);
    }
  }
}
