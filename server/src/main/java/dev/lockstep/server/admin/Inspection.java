package dev.lockstep.server.admin;

import tools.jackson.databind.node.ObjectNode;

/**
 * What a person can ask about a Lockstep even when none runs. The answers are the JSON documents of
 * the API; docs/guide/api.md names their fields.
 *
 * <p>Thread-safe. Every method throws {@link AdminRefused} when it cannot answer.
 */
public interface Inspection extends AutoCloseable {

  /** Systems and syncs, and how they stand; {@code running} is false when nothing runs. */
  ObjectNode status() throws InterruptedException;

  ObjectNode letters(LetterQuery query) throws InterruptedException;

  ObjectNode letter(long id) throws InterruptedException;

  /** Records that both ends of two-way syncs had changed, and what was decided. */
  ObjectNode conflicts(ConflictQuery query) throws InterruptedException;

  /** A conflict with what both ends held. */
  ObjectNode conflict(long id) throws InterruptedException;

  /**
   * The way of one record; the key is written as the source prints it, parts joined by a bar. Asks
   * the target what it holds, if it can be reached.
   */
  ObjectNode trace(String sync, String key) throws InterruptedException;

  /**
   * Client extensions, the newest first.
   *
   * @param all also those that a later one of the same name came after
   */
  ObjectNode deployments(boolean all) throws InterruptedException;

  @Override
  void close();
}
