/** Debezium as the benchmarks run it: in a process of its own. */
@NullMarked
package dev.lockstep.benchmarks.debezium;

import org.jspecify.annotations.NullMarked;
