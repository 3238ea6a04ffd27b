package dev.lockstep.store;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** Writes pairs of numbers from many threads and prints each pair after it was acknowledged. */
final class WritingChild {
  private WritingChild() {}

  public static void main(String[] args) throws InterruptedException {
    SqliteStore store = TestStores.open(Path.of(args[0]));
    AtomicLong next = new AtomicLong(TestStores.count(store));
    System.out.println("open");
    for (int i = 0; i < 16; i++) {
      Thread.ofVirtual().start(() -> writePairs(store, next));
    }
    Thread.currentThread().join();
  }

  private static void writePairs(SqliteStore store, AtomicLong next) {
    try {
      while (true) {
        long n = next.getAndAdd(1) * 2;
        store.write(tx -> {
          tx.update("insert or ignore into number(n) values (?)", n);
          return tx.update("insert or ignore into number(n) values (?)", n + 1);
        });
        System.out.println(n);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
