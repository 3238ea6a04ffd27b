package dev.lockstep.connectors.file;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/** Waits for a file that may still be written to be left alone for a while. */
final class Quiet {
  private static final int PATIENCE = 10;

  private final InstantSource clock;
  private final Duration settle;

  Quiet(InstantSource clock, Duration settle) {
    this.clock = clock;
    this.settle = settle;
  }

  /** False when the file went on changing all the time. */
  boolean await(Path path) throws IOException, InterruptedException {
    SourceFile before = SourceFile.of(path, "");
    if (!before.modified().plus(settle).isAfter(clock.instant())) {
      return true;
    }
    for (int i = 0; i < PATIENCE; i++) {
      Thread.sleep(settle);
      SourceFile now = SourceFile.of(path, "");
      if (now.equals(before)) {
        return true;
      }
      before = now;
    }
    return false;
  }
}
