/** From a source's change feed into the journal, and only then acknowledged. */
@NullMarked
package dev.lockstep.engine.capture;

import org.jspecify.annotations.NullMarked;
