/** Wires the parts together and serves them. */
@NullMarked
package dev.lockstep.server;

import org.jspecify.annotations.NullMarked;
