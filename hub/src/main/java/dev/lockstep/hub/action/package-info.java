/**
 * Carries out the actions of objects: a fan makes one change of every event for every action that
 * it sets off, a sync of the engine brings these to a writer in order, and the writer posts them.
 */
@NullMarked
package dev.lockstep.hub.action;

import org.jspecify.annotations.NullMarked;
