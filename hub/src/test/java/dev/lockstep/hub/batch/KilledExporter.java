package dev.lockstep.hub.batch;

import java.nio.file.Path;

/** A process of its own that carries out exports until it is killed; prints when it has begun. */
final class KilledExporter {
  private KilledExporter() {}

  public static void main(String[] args) throws Exception {
    BatchServer server = new BatchServer(Path.of(args[0]));
    System.out.println("open " + server.port());
    System.out.flush();
    Thread.sleep(Long.MAX_VALUE);
  }
}
