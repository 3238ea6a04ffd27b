/**
 * Durable state in one SQLite file: one writer with group commit, many readers, one owner at a
 * time.
 */
@NullMarked
package dev.lockstep.store;

import org.jspecify.annotations.NullMarked;
