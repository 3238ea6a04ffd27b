/**
 * The demo: starts Lockstep and its neighbours, plays three stories, and checks what came of them.
 */
@NullMarked
package dev.lockstep.demo;

import org.jspecify.annotations.NullMarked;
