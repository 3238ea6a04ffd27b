/** What a sync is: its source, target and policies. */
@NullMarked
package dev.lockstep.engine.sync;

import org.jspecify.annotations.NullMarked;
