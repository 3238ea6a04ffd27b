package dev.lockstep.testkit;

/** What the parts of the suite share: the trial of the running test. */
interface Tried {
  Trial trial();
}
