/** The formats in which items are read and written. Everything is streamed. */
@NullMarked
package dev.lockstep.hub.batch.format;

import org.jspecify.annotations.NullMarked;
