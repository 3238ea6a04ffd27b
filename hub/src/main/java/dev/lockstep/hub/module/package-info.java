/**
 * Objects grouped into modules and served in versions: a version shows objects as its clients know
 * them, with a mapping in both directions, and is held to what it once promised.
 */
@NullMarked
package dev.lockstep.hub.module;

import org.jspecify.annotations.NullMarked;
