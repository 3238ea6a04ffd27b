/** Objects and entries hosted by Lockstep itself. */
@NullMarked
package dev.lockstep.hub;

import org.jspecify.annotations.NullMarked;
