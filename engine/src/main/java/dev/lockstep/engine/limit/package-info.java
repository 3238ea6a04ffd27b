/** How much each system may be asked. */
@NullMarked
package dev.lockstep.engine.limit;

import org.jspecify.annotations.NullMarked;
