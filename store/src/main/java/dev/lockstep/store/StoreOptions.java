package dev.lockstep.store;

/**
 * What a store may use. Together these bound its memory, whatever the data.
 *
 * @param waiting how many writes may wait in the queue before callers are held back, and likewise
 *     reads
 * @param grouped how many writes may share one commit
 * @param readers how many reads run at once, each on a thread and a connection of its own
 * @param cacheKiB page cache of the writer's connection; each reader's has a quarter of it
 */
public record StoreOptions(int waiting, int grouped, int readers, int cacheKiB) {
  public static final StoreOptions DEFAULT = new StoreOptions(1024, 256, 3, 4096);

  public StoreOptions {
    atLeastOne("waiting", waiting);
    atLeastOne("grouped", grouped);
    atLeastOne("readers", readers);
    atLeastOne("cacheKiB", cacheKiB);
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "store option " + name + " is " + value + "; write 1 or more");
    }
  }
}
