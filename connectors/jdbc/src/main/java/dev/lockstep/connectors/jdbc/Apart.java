package dev.lockstep.connectors.jdbc;

import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Calls that no interrupt of the caller may reach; it stays noted. */
final class Apart {
  private Apart() {}

  /** A call. */
  interface Call {
    void run() throws SQLException;
  }

  /** Returns when the call has ended; throws what it threw. */
  static void run(Call call) throws SQLException {
    FutureTask<Boolean> task =
        new FutureTask<>(() -> {
          call.run();
          return true;
        });
    Thread.ofVirtual().name("jdbc-apart").start(task);
    boolean interrupted = false;
    try {
      while (!isOver(task)) {
        interrupted = true;
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Waits for the end of a task; false when an interrupt came before it. */
  private static boolean isOver(FutureTask<Boolean> task) throws SQLException {
    try {
      return task.get();
    } catch (InterruptedException again) {
      return false;
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case SQLException refused -> throw refused;
        case RuntimeException bug -> throw bug;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(failed);
      }
    }
  }
}
