/**
 * Schedules over Liferay's API of its job scheduler: triggers, what they order when they are due,
 * and the log of their runs.
 */
@NullMarked
package dev.lockstep.hub.dispatch;

import org.jspecify.annotations.NullMarked;
