/** Durable batches of captured changes. */
@NullMarked
package dev.lockstep.engine.journal;

import org.jspecify.annotations.NullMarked;
