/** Runs the engine under faults and kills and checks what is left. */
@NullMarked
package dev.lockstep.simulation;

import org.jspecify.annotations.NullMarked;
