/**
 * When scheduled reads are due: cron, intervals, business days, and what to do about missed and
 * overlapping times.
 */
@NullMarked
package dev.lockstep.engine.schedule;

import org.jspecify.annotations.NullMarked;
