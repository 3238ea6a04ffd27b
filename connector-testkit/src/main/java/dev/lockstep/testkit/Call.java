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
  /** {@link dev.lockstep.connector.Writer#write}, or a write or a clearing in a transaction. */
  WRITE,
  /** The commit of a transaction over several datasets. */
  COMMIT,
  LEDGER,
  LOOKUP,
  CREATE
}
