package dev.lockstep.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk of 3 MiB that fills up under many writers; needs the right to mount one. */
class RealFullDiskTest {
  @TempDir static Path folder;
  private final Path disk = folder.resolve("disk");

  @BeforeEach
  void mount() throws IOException, InterruptedException {
    Files.createDirectories(disk);
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", disk.toString()) == 0,
        "this user cannot mount a small disk");
  }

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    run("umount", disk.toString());
  }

  private static int run(String... command) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      assumeTrue(false, "there is no " + command[0] + " here");
      throw e;
    }
  }

  @Test
  void keepsExactlyWhatItAcknowledgedAndGoesOnWhenThereIsSpace() throws Exception {
    Path ballast = Files.write(disk.resolve("ballast"), new byte[600_000]);
    try (SqliteStore store = TestStores.open(disk)) {
      Set<Long> acknowledged = writeUntilFull(store);
      assertThat(acknowledged).hasSizeGreaterThan(100);
      assertThat(store.metrics().failed()).isPositive();
      assertThat(numbers(store)).isEqualTo(acknowledged);
      Files.delete(ballast);
      assertThat(insert(store, -1)).isOne();
      assertThat(numbers(store)).hasSize(acknowledged.size() + 1);
      writeUntilFull(store);
    }
    try (SqliteStore store = TestStores.open(disk)) {
      assertThat(TestStores.count(store)).isGreaterThan(100);
    }
  }

  private static Set<Long> writeUntilFull(SqliteStore store) throws Exception {
    Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
    long from = TestStores.count(store) * 1000;
    try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> ends = new ArrayList<>();
      for (int w = 0; w < 16; w++) {
        long first = from + w * 10_000L;
        ends.add(writers.submit(() -> fill(store, first, acknowledged)));
      }
      for (Future<Boolean> end : ends) {
        assertThat(end.get()).isTrue();
      }
    }
    return acknowledged;
  }

  private static boolean fill(SqliteStore store, long first, Set<Long> acknowledged)
      throws InterruptedException {
    for (long n = first; n < first + 2000; n++) {
      try {
        insert(store, n);
        acknowledged.add(n);
      } catch (StoreException e) {
        assertThat(e).hasMessageContaining("disk is full; free space there");
        return true;
      }
    }
    return false;
  }

  private static int insert(Store store, long n) throws InterruptedException {
    return store.write(
        tx -> tx.update("insert into number(n, bytes) values (?, ?)", n, new byte[3000]));
  }

  private static Set<Long> numbers(Store store) throws InterruptedException {
    return new HashSet<>(store.read(tx -> tx.list("select n from number", row -> row.integer(1))));
  }
}
