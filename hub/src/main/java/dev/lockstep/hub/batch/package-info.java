/**
 * Tasks that import many items from one content: kept in the store, carried out in the background,
 * resumed where they were.
 */
@NullMarked
package dev.lockstep.hub.batch;

import org.jspecify.annotations.NullMarked;
