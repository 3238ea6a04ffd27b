/**
 * Objects that are defined while the hub runs, with all that Liferay's definitions have: business
 * types, picklists and states, relationships, validation rules, actions.
 *
 * <p>{@link dev.lockstep.hub.object.Definitions} keeps the documents and brings the hub's tables to
 * them. A document is what its API shows: what Lockstep gives no meaning is kept as it came.
 */
@NullMarked
package dev.lockstep.hub.object;

import org.jspecify.annotations.NullMarked;
