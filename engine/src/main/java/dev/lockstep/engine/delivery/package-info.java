/**
 * Bringing windows of changes to a target: sending, waiting, parking, dead letters, and settling
 * the counts.
 */
@NullMarked
package dev.lockstep.engine.delivery;

import org.jspecify.annotations.NullMarked;
