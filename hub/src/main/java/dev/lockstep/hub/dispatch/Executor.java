package dev.lockstep.hub.dispatch;

import dev.lockstep.hub.JointEdits;
import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.access.AccessRefused;
import dev.lockstep.hub.liferay.Fault;
import dev.lockstep.store.Tx;

/** Carries out what triggers of one type order. Thread-safe. */
interface Executor {
  /**
   * Looks whether an order with these settings could be carried out.
   *
   * @param access what the trigger's author may do
   * @throws Fault or {@link AccessRefused} with what is wrong
   */
  void check(Settings settings, Access access) throws InterruptedException;

  /**
   * Prepares an order; what it leaves in the store it leaves in {@link Order#note}.
   *
   * @throws Fault or {@link AccessRefused} when it cannot be carried out now
   */
  Order order(Settings settings, Access access) throws InterruptedException;

  /** An order that is about to be noted. */
  interface Order {
    /**
     * Notes what is ordered, in the transaction that notes the run; short, and asks no one else.
     *
     * @return by what {@link #carry} knows it again
     * @throws Fault when it cannot be ordered after all; nothing is noted then
     */
    String note(Tx tx, JointEdits edits, long run);
  }

  /**
   * Sees a noted order to its end. Called again with the same run after a crash or a stop, and does
   * nothing a second time then. An interrupt is a stop.
   */
  Ended carry(Run run) throws InterruptedException;

  /**
   * How a run ended.
   *
   * @param output what it did, for a person
   * @param error why it failed; empty when it did not
   */
  record Ended(String output, String error) {}
}
