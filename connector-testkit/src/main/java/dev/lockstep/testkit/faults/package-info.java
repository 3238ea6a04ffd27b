/**
 * Real servers that misbehave on purpose: {@link dev.lockstep.testkit.faults.RestTarget}, an API
 * that remembers everything that was done to it, and {@link
 * dev.lockstep.testkit.faults.FaultProxy}, which stands between a client and a server and breaks
 * what it is told to break.
 */
@NullMarked
package dev.lockstep.testkit.faults;

import org.jspecify.annotations.NullMarked;
