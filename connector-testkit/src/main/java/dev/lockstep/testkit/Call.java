package dev.lockstep.testkit;

/** The calls of a connection into which a {@link Fault} can be scripted. */
public enum Call {
  CHECK,
  DISCOVER,
  PLAN,
  READ,
  SUBSCRIBE,
  CHANGES,
  ACKNOWLEDGE,
  WRITE,
  LEDGER,
  LOOKUP,
  CREATE
}
