package dev.lockstep.demo.systems;

import java.io.IOException;

/** Ends this process when the one that started it is gone, however that ended. */
public final class EndWithParent {
  private EndWithParent() {}

  /** Called once, first. The parent holds the other end of standard input and never writes. */
  public static void watch() {
    Thread.ofPlatform().daemon().name("end with parent").start(EndWithParent::awaitEnd);
  }

  private static void awaitEnd() {
    try {
      while (System.in.read() >= 0) {
        continue;
      }
    } catch (IOException broken) {
      System.exit(1);
    }
    System.exit(0);
  }
}
