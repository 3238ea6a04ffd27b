package dev.lockstep.cli;

import dev.lockstep.demo.systems.EndWithParent;

/** {@code lockstep} as a child of the demo: the same, and it ends when the demo is gone. */
public final class UnderDemo {
  private UnderDemo() {}

  /** As {@link Main#main}. */
  public static void main(String[] args) {
    EndWithParent.watch();
    Main.main(args);
  }
}
