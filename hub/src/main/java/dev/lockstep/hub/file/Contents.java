package dev.lockstep.hub.file;

import dev.lockstep.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/**
 * Contents of one kind, each under a name of its own that the store keeps. Thread-safe. A content
 * is durable before the store knows of it; what the store does not know is swept away at the start.
 */
public final class Contents {
  private final Folders folders;

  private Contents(Folders folders) {
    this.folders = folders;
  }

  /** The names that the store has. */
  public interface Known {
    /** Those that begin with these two characters. */
    List<String> beginning(String beginning) throws InterruptedException;
  }

  /**
   * Opens a folder of contents, used by nobody else; made when it is not there.
   *
   * @throws StoreException when it cannot be used
   */
  public static Contents open(Path folder, Known known) throws InterruptedException {
    try {
      Folders folders = new Folders(folder);
      folders.sweep(known::beginning);
      return new Contents(folders);
    } catch (IOException e) {
      throw new StoreException("the folder " + folder + " cannot be used: " + e, e);
    }
  }

  /** Begins to receive a content of at most so many bytes; to be closed whatever becomes of it. */
  public Received receive(long most) {
    return new Received(folders.incoming(UUID.randomUUID().toString()), most);
  }

  /**
   * A content that is durable.
   *
   * @param place the name under which it is kept
   * @param digest of its bytes
   */
  public record Kept(String place, long bytes, String digest) {}

  /** Makes what was received durable. */
  public Kept keep(Received received) {
    String place = UUID.randomUUID().toString();
    String digest = received.digest();
    try {
      folders.settle(received.settled(), place);
    } catch (IOException e) {
      throw new StoreException("a content cannot be written: " + e, e);
    }
    return new Kept(place, received.bytes(), digest);
  }

  /** A content, to be closed. */
  public InputStream read(String place) {
    try {
      return Files.newInputStream(folders.place(place));
    } catch (IOException e) {
      throw new StoreException("the content " + place + " cannot be read: " + e, e);
    }
  }

  /** The file of a content, to be read only. */
  public Path file(String place) {
    return folders.place(place);
  }

  /** A folder for what is needed for a moment; what a killed process left there is swept away. */
  public Path scratch() {
    return folders.incoming();
  }

  /** Removes a content of which the store knows nothing any more. */
  public void remove(String place) {
    try {
      Files.deleteIfExists(folders.place(place));
    } catch (IOException e) {
      // Nobody refers to it; the next start tries again.
      System.getLogger(Contents.class.getName())
          .log(System.Logger.Level.WARNING, "the content " + place + " is left", e);
    }
  }
}
