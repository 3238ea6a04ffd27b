/**
 * What a window of changes comes down to for its target: the last word per key, and nothing it has
 * already.
 */
@NullMarked
package dev.lockstep.engine.reconcile;

import org.jspecify.annotations.NullMarked;
