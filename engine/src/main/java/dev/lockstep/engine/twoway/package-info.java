/**
 * Keeps two datasets equal in both directions: what both were last made equal to, who wins where
 * both were changed since, and the log of it.
 */
@NullMarked
package dev.lockstep.engine.twoway;

import org.jspecify.annotations.NullMarked;
