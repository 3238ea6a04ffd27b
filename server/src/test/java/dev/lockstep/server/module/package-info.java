/** Modules served in versions, by a whole Lockstep. */
@NullMarked
package dev.lockstep.server.module;

import org.jspecify.annotations.NullMarked;
