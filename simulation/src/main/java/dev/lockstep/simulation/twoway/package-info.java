/** Edits at both ends of two-way syncs while Lockstep is killed. */
@NullMarked
package dev.lockstep.simulation.twoway;

import org.jspecify.annotations.NullMarked;
