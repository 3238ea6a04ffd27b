/** Brings changes to a target, in order per record. */
@NullMarked
package dev.lockstep.engine.delivery;

import org.jspecify.annotations.NullMarked;
