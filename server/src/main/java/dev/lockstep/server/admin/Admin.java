package dev.lockstep.server.admin;

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

  /** How each sync is read, what that costs, and why not otherwise. */
  ObjectNode plan() throws InterruptedException;

  /** Checks systems and syncs against what is there; everything found, at once. */
  ObjectNode check() throws InterruptedException;
}
