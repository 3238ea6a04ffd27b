/**
 * Files as systems: a folder of CSV, JSON and JSON Lines files, read in bulk, followed as they
 * arrive and grow, and appended to exactly once.
 */
@NullMarked
package dev.lockstep.connectors.file;

import org.jspecify.annotations.NullMarked;
