package dev.lockstep.hub.action;

import dev.lockstep.hub.object.DefinedAction;

/** Brings an event to someone outside. Thread-safe. */
interface Carrier {
  /** Where it is brought, for the log. */
  String place(DefinedAction action);

  /** One attempt; never throws for what the other side does. */
  Attempt send(Delivery.Order order, DefinedAction action) throws InterruptedException;
}
