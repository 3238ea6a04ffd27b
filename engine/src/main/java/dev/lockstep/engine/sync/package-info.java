/**
 * What a sync is: its specification as the user wrote it, and the counts that describe its work.
 */
@NullMarked
package dev.lockstep.engine.sync;

import org.jspecify.annotations.NullMarked;
