/**
 * The neighbours of the demo's Lockstep: programs with storage of their own, each its own process.
 */
@NullMarked
package dev.lockstep.demo.systems;

import org.jspecify.annotations.NullMarked;
