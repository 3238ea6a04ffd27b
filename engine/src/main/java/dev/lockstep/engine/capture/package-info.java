/** Follows the changes of a source and makes them durable. */
@NullMarked
package dev.lockstep.engine.capture;

import org.jspecify.annotations.NullMarked;
