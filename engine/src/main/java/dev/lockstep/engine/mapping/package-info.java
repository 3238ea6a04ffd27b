/** Filters and maps a record to the shape of its target. */
@NullMarked
package dev.lockstep.engine.mapping;

import org.jspecify.annotations.NullMarked;
