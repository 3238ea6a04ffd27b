package dev.lockstep.connectors.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits until it is worth looking at a folder again. The system's notices are only a hint that
 * shortens the wait: they miss network drives and may run over.
 */
final class FolderWatch implements Closeable {
  /** Notices of one burst of writing are taken together. */
  private static final Duration BURST = Duration.ofMillis(20);

  private final @Nullable WatchService notices;

  FolderWatch(Path folder) {
    this.notices = open(folder);
  }

  private static @Nullable WatchService open(Path folder) {
    WatchService service = null;
    try {
      service = folder.getFileSystem().newWatchService();
      folder.register(
          service,
          StandardWatchEventKinds.ENTRY_CREATE,
          StandardWatchEventKinds.ENTRY_MODIFY,
          StandardWatchEventKinds.ENTRY_DELETE);
      return service;
    } catch (IOException e) {
      // Without notices (a folder that is not there yet, too many watches) looking at intervals
      // does.
      close(service);
      return null;
    }
  }

  /** Waits for a notice; false when none came in this time. */
  boolean await(Duration longest) throws InterruptedException {
    WatchService service = notices;
    if (service == null) {
      Thread.sleep(longest);
      return false;
    }
    WatchKey key = service.poll(longest.toNanos(), TimeUnit.NANOSECONDS);
    if (key != null) {
      Thread.sleep(BURST);
      key.pollEvents();
      key.reset();
    }
    return key != null;
  }

  @Override
  public void close() {
    close(notices);
  }

  private static void close(@Nullable WatchService service) {
    if (service != null) {
      try {
        service.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
