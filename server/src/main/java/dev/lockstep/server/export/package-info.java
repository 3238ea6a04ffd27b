/** Objects with their entries, as client extensions that deploy again. */
@NullMarked
package dev.lockstep.server.export;

import org.jspecify.annotations.NullMarked;
