/** When a scheduled sync reads its source. */
@NullMarked
package dev.lockstep.engine.schedule;

import org.jspecify.annotations.NullMarked;
