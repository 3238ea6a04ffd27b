/**
 * Reads {@code lockstep.yaml}: checks it whole, tells everything that is wrong at once, and makes a
 * {@link dev.lockstep.server.config.Configuration} of what is right. Calls no system.
 */
@NullMarked
package dev.lockstep.server.config;

import org.jspecify.annotations.NullMarked;
