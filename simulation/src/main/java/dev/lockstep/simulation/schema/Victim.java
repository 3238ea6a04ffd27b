package dev.lockstep.simulation.schema;

/** What is killed. */
enum Victim {
  LOCKSTEP,
  SOURCE,
  TARGET
}
