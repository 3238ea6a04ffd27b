package dev.lockstep.hub;

import static dev.lockstep.hub.HubFixture.draft;

import java.nio.file.Path;
import java.util.Random;

/**
 * A process of its own that writes into a hub until it is killed, and prints what was acknowledged.
 */
final class KilledWriter {
  static final int THREADS = 8;

  private KilledWriter() {}

  public static void main(String[] args) throws InterruptedException {
    HubFixture fixture = new HubFixture(Path.of(args[0]), HubFixture.DISTRIBUTORS);
    long seed = Long.parseLong(args[1]);
    Thread[] threads = new Thread[THREADS];
    for (int i = 0; i < THREADS; i++) {
      Random random = new Random(seed + i);
      String prefix = args[1] + "-" + i + "-";
      threads[i] = Thread.startVirtualThread(() -> write(fixture.hub(), prefix, random));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void write(Hub hub, String prefix, Random random) {
    try {
      while (true) {
        EntryRef code = new EntryRef.Code(prefix + random.nextInt(20));
        Draft draft =
            draft(null, "businessName", "Business " + random.nextInt(1000), "status", "verified");
        Edit edit =
            random.nextInt(4) == 0
                ? new Edit.Delete(code, Match.ANY)
                : new Edit.Replace(code, draft, Match.ANY);
        acknowledge(hub, edit);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void acknowledge(Hub hub, Edit edit) throws InterruptedException {
    try {
      Applied applied =
          hub.apply("distributors", java.util.List.of(edit), Author.UNKNOWN).getFirst();
      if (applied.effect() != Applied.Effect.UNCHANGED) {
        print(
            applied.entry().externalReferenceCode()
                + " "
                + applied.entry().version()
                + " "
                + (applied.effect() == Applied.Effect.DELETED ? "gone" : "there"));
      }
    } catch (EntriesRefused missing) {
      // Deleting what is not there is part of the game.
      if (missing.problems().getFirst().rule() != Rule.NOT_FOUND) {
        throw missing;
      }
    }
  }

  private static synchronized void print(String line) {
    byte[] bytes = (line + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8);
    System.out.write(bytes, 0, bytes.length);
    System.out.flush();
  }
}
