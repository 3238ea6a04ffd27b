/**
 * Following changes without a journal: from a source that can be read again straight into a target
 * that keeps the position itself, in transactions that hold all the syncs between the two.
 */
@NullMarked
package dev.lockstep.engine.direct;

import org.jspecify.annotations.NullMarked;
