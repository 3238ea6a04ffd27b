package dev.lockstep.server.deploy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A client extension that was handed in.
 *
 * @param name the project's; a later one of the name takes its place
 * @param digest of what it says, by which the same is known again
 * @param notes what in it has no meaning here
 * @param error why it failed; empty otherwise
 */
public record Deployment(
    long id,
    String name,
    String digest,
    State state,
    List<String> notes,
    String error,
    Instant received,
    Optional<Instant> ended,
    List<File> files) {
  public Deployment {
    notes = List.copyOf(notes);
    files = List.copyOf(files);
  }

  /** How it stands. */
  public enum State {
    /** It is carried out, or about to be. */
    WAITING,
    DONE,
    /** Something in it failed; it is tried again at the next start, and when it is handed in. */
    FAILED,
    /** A later one has taken its place before it was done. */
    REPLACED
  }

  /**
   * One of its files.
   *
   * @param number its place in the order, from 1
   * @param className what its items are; empty as long as it was not read
   * @param task the external reference code of the task that carries it out
   * @param item the place of the first item that failed; 0 for none
   * @param note what is to be known about it
   * @param error what failed; empty for nothing
   */
  public record File(
      int number,
      String path,
      String className,
      FileState state,
      String task,
      long items,
      long failed,
      long item,
      String note,
      String error) {}

  /** How a file stands. */
  public enum FileState {
    /** It was not begun, or not ended. */
    WAITING,
    DONE,
    /** Nothing of it was done, as its feature flag is off. */
    SKIPPED,
    FAILED
  }

  public boolean isOver() {
    return state != State.WAITING;
  }
}
