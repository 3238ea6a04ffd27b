/** Compares what a target should hold with what it holds. */
@NullMarked
package dev.lockstep.engine.reconcile;

import org.jspecify.annotations.NullMarked;
