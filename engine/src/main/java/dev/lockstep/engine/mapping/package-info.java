/** From the source's shape to the target's: conditions, expressions, renames, conversions. */
@NullMarked
package dev.lockstep.engine.mapping;

import org.jspecify.annotations.NullMarked;
