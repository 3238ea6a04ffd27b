/**
 * Objects and entries hosted by Lockstep itself.
 *
 * <p>{@link dev.lockstep.hub.Hub} keeps entries of the objects that {@link
 * dev.lockstep.hub.ObjectDefinition}s declare; {@link dev.lockstep.hub.HubConnection} shows the hub
 * to the engine as a system like any other.
 */
@NullMarked
package dev.lockstep.hub;

import org.jspecify.annotations.NullMarked;
