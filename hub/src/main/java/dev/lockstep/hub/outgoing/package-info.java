/**
 * Calls to addresses that callers of an API chose: the address is looked up and judged, and the
 * very address that was judged is connected to. Nothing else is followed.
 */
@NullMarked
package dev.lockstep.hub.outgoing;

import org.jspecify.annotations.NullMarked;
