package dev.lockstep.hub.dispatch;

import java.util.List;

/** The syncs that triggers may run; the hub does not know who carries them out. Thread-safe. */
public interface Syncs {
  /** By their names. */
  List<String> names();

  /** A mark that every run which begins later is beyond. */
  long mark() throws InterruptedException;

  /**
   * Has a sync run, and returns at the end of the run. One that somebody asked for since the mark
   * was taken is waited for instead, so that an order repeated after a crash starts no second run.
   *
   * @param full whether everything is read, even where less would do
   */
  Ended run(String sync, boolean full, long mark) throws InterruptedException;

  /**
   * How a run ended.
   *
   * @param successful whether everything arrived
   * @param told what a person should know of it
   */
  record Ended(boolean successful, String told) {}
}
