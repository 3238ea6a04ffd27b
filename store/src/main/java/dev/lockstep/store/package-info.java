/** Durable state of one node. */
@NullMarked
package dev.lockstep.store;

import org.jspecify.annotations.NullMarked;
