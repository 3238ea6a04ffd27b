package dev.lockstep.server.admin;

import dev.lockstep.engine.sync.ConflictPolicy;
import dev.lockstep.engine.twoway.End;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a person can ask a Lockstep and tell it, whether it runs in this process or behind its API.
 * The answers are the JSON documents of the API; docs/guide/api.md names their fields.
 *
 * <p>Thread-safe. Every method throws {@link AdminRefused} when it cannot answer.
 */
public interface Admin extends Inspection {

  ObjectNode systems() throws InterruptedException;

  ObjectNode syncs() throws InterruptedException;

  ObjectNode sync(String name) throws InterruptedException;

  /** The datasets that a system has, with their fields; calls the system. */
  ObjectNode datasets(String system) throws InterruptedException;

  /** Past and present runs, newest first; of one sync if named. */
  ObjectNode runs(@Nullable String sync, int limit) throws InterruptedException;

  /**
   * Carries out a run and returns it when it has ended.
   *
   * @param progress is told from time to time how far it came; never by two threads at once
   */
  ObjectNode run(String sync, RunOrder order, Consumer<ObjectNode> progress)
      throws InterruptedException;

  /**
   * Compares source and target and changes nothing; returns how many records were looked at.
   *
   * @param difference is told each thing a full run would do, on the caller's thread
   */
  ObjectNode dryRun(String sync, Consumer<ObjectNode> difference) throws InterruptedException;

  /** Sends an open letter again; {@code replayed} says whether the target took it. */
  ObjectNode replay(long id) throws InterruptedException;

  /** Sends all open letters again, oldest first; of one sync if named. */
  ObjectNode replayAll(@Nullable String sync) throws InterruptedException;

  /** Gives an open letter up. */
  ObjectNode discard(long id) throws InterruptedException;

  /**
   * Makes both ends of a record that is held what one of them holds.
   *
   * @param take from or to
   */
  ObjectNode resolve(String sync, String key, End take) throws InterruptedException;

  /** Gives both ends what one of them held before a decision, as a new edit. */
  ObjectNode reverse(long id, End take) throws InterruptedException;

  /** How the ends of a two-way sync compare; reads both whole and writes nothing. */
  ObjectNode compare(String sync) throws InterruptedException;

  /**
   * Has the ends of a two-way sync made equal as soon as it is at work.
   *
   * @param different who wins where both have a record and differ
   */
  ObjectNode makeEqual(String sync, ConflictPolicy different) throws InterruptedException;

  /**
   * Takes a client extension, or several in one archive, and answers how they stand; they are
   * carried out afterwards.
   *
   * @param name the project's, where the archive has none
   * @param again whether it is carried out though it was done before
   */
  ObjectNode deploy(Path archive, String name, boolean again) throws InterruptedException;

  /** How a client extension stands. */
  ObjectNode deployment(long id) throws InterruptedException;

  /**
   * Writes objects as a client extension that deploys again.
   *
   * @param objects by name, code, or the last part of their address; none for all
   * @param name the extension's
   * @param entries whether their entries are exported too
   */
  void export(List<String> objects, String name, boolean entries, Path archive)
      throws InterruptedException;

  /** Imports and exports of many items, newest first. */
  ObjectNode tasks(TasksQuery query) throws InterruptedException;

  /** A task, with the first of its items that failed. */
  ObjectNode task(long id) throws InterruptedException;

  /** Tries once more what failed in a task that is over, and does what it had not come to. */
  ObjectNode retryTask(long id) throws InterruptedException;

  /** Ends a task where it stands. */
  ObjectNode cancelTask(long id) throws InterruptedException;

  /** How each sync is read, what that costs, and why not otherwise. */
  ObjectNode plan() throws InterruptedException;

  /** Checks systems and syncs against what is there; everything found, at once. */
  ObjectNode check() throws InterruptedException;
}
