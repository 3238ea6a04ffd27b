package dev.lockstep.benchmarks;

/** Something that is measured beside its peers. Starts and stops all it needs. */
interface Benchmark {
  Report measure() throws Exception;
}
