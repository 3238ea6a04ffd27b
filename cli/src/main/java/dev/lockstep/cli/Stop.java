package dev.lockstep.cli;

import java.util.concurrent.CountDownLatch;

/**
 * Ctrl-C, or a service manager's request to end: the command is interrupted, closes what it opened,
 * and only then the process ends.
 */
final class Stop {
  private final Thread command;
  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile boolean requested;
  private volatile int code = ExitCode.STOPPED;

  private Stop(Thread command) {
    this.command = command;
  }

  /** Called by the thread that will run the command. */
  static Stop install() {
    Stop stop = new Stop(Thread.currentThread());
    Runtime.getRuntime().addShutdownHook(new Thread(stop::request, "stop"));
    return stop;
  }

  /** For commands run inside another program, which stops them by itself. */
  static Stop never() {
    return new Stop(Thread.currentThread());
  }

  boolean isRequested() {
    return requested;
  }

  /** Called last, by the command's thread. */
  void finished(int exitCode) {
    code = exitCode;
    finished.countDown();
  }

  private void request() {
    if (finished.getCount() == 0) {
      return;
    }
    requested = true;
    command.interrupt();
    boolean waiting = true;
    while (waiting) {
      try {
        finished.await();
        waiting = false;
      } catch (InterruptedException e) {
        // The process ends in any case, and what is open must be closed before.
        waiting = true;
      }
    }
    // The signal's own code would tell a service manager that an orderly end was a failure.
    Runtime.getRuntime().halt(code);
  }
}
