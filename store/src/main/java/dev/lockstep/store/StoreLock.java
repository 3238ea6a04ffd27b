package dev.lockstep.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The right of one instance to a store, kept as a lock on a file beside it that names the owner.
 * The system gives the lock back when the process ends, however it ends. The file itself stays:
 * deleting it would let two processes lock two files of one name.
 */
final class StoreLock {
  /**
   * Stores open in this process. Asked before the file is touched, because closing any channel on a
   * file gives up all locks that the process has on it.
   */
  private static final Set<Path> OPEN_HERE = ConcurrentHashMap.newKeySet();

  private static final int OWNER_BYTES = 64;

  private final Path store;
  private final FileChannel channel;

  private StoreLock(Path store, FileChannel channel) {
    this.store = store;
    this.channel = channel;
  }

  /**
   * @throws StoreException naming who holds the store
   */
  static StoreLock take(Path store) {
    if (!OPEN_HERE.add(store)) {
      throw new StoreException(
          "store " + store + " is already open in this process; share that one", null);
    }
    FileChannel channel = null;
    try {
      Path lockFile = Path.of(store + ".lock");
      channel =
          OwnerOnly.open(
              lockFile,
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw heldBy(store, owner(channel));
      }
      name(channel, Long.toString(ProcessHandle.current().pid()));
      return new StoreLock(store, channel);
    } catch (IOException e) {
      abandon(store, channel);
      throw new StoreException(
          "store "
              + store
              + " cannot be locked; check that its folder exists and belongs to this user: "
              + e,
          e);
    } catch (StoreException e) {
      abandon(store, channel);
      throw e;
    }
  }

  void release() {
    try {
      if (channel.isOpen()) {
        name(channel, "");
        channel.close();
      }
    } catch (IOException e) {
      throw new StoreException("the lock of store " + store + " could not be given back: " + e, e);
    } finally {
      OPEN_HERE.remove(store);
    }
  }

  private static StoreException heldBy(Path store, String owner) {
    return new StoreException(
        "store %s is in use by process %s; stop that Lockstep first, or give this one a folder of its own"
            .formatted(store, owner.isEmpty() ? "(just starting)" : owner),
        null);
  }

  private static void abandon(Path store, @Nullable FileChannel channel) {
    OPEN_HERE.remove(store);
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        return; // What is being thrown already says more.
      }
    }
  }

  private static String owner(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(OWNER_BYTES);
    channel.read(bytes, 0);
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).strip();
  }

  private static void name(FileChannel channel, String owner) throws IOException {
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.US_ASCII)), 0);
  }
}
