/**
 * Scheduled and requested reads: planned in partitions, checkpointed page by page, resumed after a
 * crash.
 */
@NullMarked
package dev.lockstep.engine.run;

import org.jspecify.annotations.NullMarked;
