/** Which addresses may be called. */
@NullMarked
package dev.lockstep.hub.outgoing;

import org.jspecify.annotations.NullMarked;
