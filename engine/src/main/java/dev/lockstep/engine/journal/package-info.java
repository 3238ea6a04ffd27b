/**
 * Changes made durable before their source forgets them: whole batches, one compressed blob each.
 */
@NullMarked
package dev.lockstep.engine.journal;

import org.jspecify.annotations.NullMarked;
