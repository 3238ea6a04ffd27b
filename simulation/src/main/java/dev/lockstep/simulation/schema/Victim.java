package dev.lockstep.simulation.schema;

/** What is killed. */
enum Victim {
  LOCKSTEP,
  SOURCE,
  TARGET,
  /** Between Lockstep and one of the servers: cut, or swallowing all that is sent and then cut. */
  NETWORK
}
