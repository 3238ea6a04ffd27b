package dev.lockstep.simulation;

import java.io.PrintStream;

/**
 * Tells how far a simulation has come: one line kept up to date on a terminal, else a few lines.
 */
final class Progress {
  private static final int BAR = 30;

  private final PrintStream out;
  private final boolean terminal = System.console() != null && System.console().isTerminal();

  Progress(PrintStream out) {
    this.out = out;
  }

  void show(int done, int all, String state) {
    if (terminal) {
      int filled = all == 0 ? BAR : BAR * done / all;
      out.print("\r\033[K[" + "#".repeat(filled) + "-".repeat(BAR - filled) + "] " + state);
      out.flush();
    } else if (done % 5 == 0 || done == all) {
      out.println(state);
    }
  }

  /** Something that stays to be read. */
  void tell(String line) {
    out.println(terminal ? "\r\033[K" + line : line);
  }

  void end() {
    if (terminal) {
      out.println();
    }
  }
}
