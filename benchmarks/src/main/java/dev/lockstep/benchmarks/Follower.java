package dev.lockstep.benchmarks;

/**
 * Something that keeps the accounts of a target database like those of the source. It has its place
 * in the source's log from its construction on, so that it can be stopped while changes gather.
 */
interface Follower {
  String name();

  Database target();

  /** Returns when what follows by itself has been started. */
  void start() throws Exception;

  /** Returns when it has ended and has let go of the source's log. */
  void stop() throws Exception;

  /** The processor time of the process since its start, 0 where there is none of its own. */
  double cpuSeconds();

  /** The peak resident memory of the process since its start, 0 where there is none of its own. */
  double peakRssMiB();

  /** Ends it, and drops what it keeps at the source, so that the source's log can go on. */
  void end() throws Exception;
}
