/** Chooses how each sync reads its source and says why. */
@NullMarked
package dev.lockstep.engine.plan;

import org.jspecify.annotations.NullMarked;
