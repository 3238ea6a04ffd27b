package dev.lockstep.connectors.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Appends to one file, all or nothing, across crashes; one append at a time, also across processes.
 */
final class AppendTo {
  /** A file lock keeps out other processes, not other threads. */
  private static final ConcurrentMap<Path, ReentrantLock> LOCKS = new ConcurrentHashMap<>();

  private final Path target;

  AppendTo(Path target) {
    this.target = target.toAbsolutePath().normalize();
  }

  /** What is done while nobody else appends. */
  interface Work<T> {
    T with(AppendLedger ledger) throws IOException, InterruptedException;
  }

  /** Runs the work on the ledger as it stands once an append that a crash cut short is undone. */
  <T> T exclusively(Work<T> work) throws InterruptedException {
    ReentrantLock lock = LOCKS.computeIfAbsent(target, path -> new ReentrantLock());
    lock.lockInterruptibly();
    try (FileChannel guard = guard();
        FileLock held = guard.lock()) {
      if (!held.isValid()) {
        throw new IOException("the lock on " + target + " was lost");
      }
      return work.with(recovered());
    } catch (IOException e) {
      throw Faults.unreachable(target, e);
    } finally {
      lock.unlock();
    }
  }

  private FileChannel guard() throws IOException {
    Path guard = target.resolveSibling("." + target.getFileName() + ".lockstep-lock");
    return FileChannel.open(guard, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private AppendLedger recovered() throws IOException {
    AppendLedger ledger = AppendLedger.of(target);
    OptionalLong start = ledger.writing();
    if (start.isEmpty()) {
      return ledger;
    }
    if (Files.exists(target)) {
      cut(start.getAsLong());
    }
    AppendLedger undone = ledger.undone();
    undone.save();
    return undone;
  }

  private void cut(long length) throws IOException {
    try (FileChannel channel = FileChannel.open(target, StandardOpenOption.WRITE)) {
      if (channel.size() > length) {
        channel.truncate(length);
        channel.force(true);
      }
    }
  }

  long length() throws IOException {
    return Files.exists(target) ? Files.size(target) : 0;
  }

  /** Appends the bytes and commits the ledger that goes with them. */
  void append(AppendLedger before, ByteBuffer bytes, AppendLedger after) throws IOException {
    if (!bytes.hasRemaining()) {
      after.save();
      return;
    }
    boolean created = !Files.exists(target);
    before.beginning(length()).save();
    try (FileChannel channel =
        FileChannel.open(
            target,
            Set.of(
                StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND))) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    if (created) {
      AppendLedger.syncFolder(target);
    }
    // Invariant 2: from here on the records are there once, with the position that says so.
    after.save();
  }

  /** Whether the file's last byte ends a line. */
  boolean endsLine() throws IOException {
    try (FileChannel channel = FileChannel.open(target, StandardOpenOption.READ)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      channel.read(last, channel.size() - 1);
      return last.get(0) == '\n';
    }
  }
}
