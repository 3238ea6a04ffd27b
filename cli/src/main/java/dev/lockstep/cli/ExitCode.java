package dev.lockstep.cli;

/** What the process tells its caller. */
final class ExitCode {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int WRONG_USE = 2;
  static final int IN_PART = 3;

  /** As shells tell a program that was stopped by Ctrl-C. */
  static final int STOPPED = 130;

  private ExitCode() {}
}
