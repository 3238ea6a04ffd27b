package dev.lockstep.demo;

/** Tells what happens; called by many threads. */
interface Teller {
  void tell(Event event);

  /** For people only. */
  void say(String text);
}
