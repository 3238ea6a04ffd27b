/**
 * Kills Lockstep, troubles what it talks to, and compares record by record what came of it. {@link
 * dev.lockstep.simulation.Main} is the command; {@link dev.lockstep.simulation.Child} is the
 * Lockstep that is killed.
 */
@NullMarked
package dev.lockstep.simulation;

import org.jspecify.annotations.NullMarked;
