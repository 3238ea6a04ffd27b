/**
 * What a caller may ask of a list of entries, in the words of Liferay's entry API: {@link
 * dev.lockstep.hub.filter.Filter}, {@link dev.lockstep.hub.filter.Sort}, {@link
 * dev.lockstep.hub.filter.Search} and {@link dev.lockstep.hub.filter.AggregationTerms}.
 *
 * <p>Each is parsed first, which bounds what it may cost, then compiled against the {@link
 * dev.lockstep.hub.filter.Fields} of an object to SQL with parameters for a {@link
 * dev.lockstep.hub.filter.Dialect}. Whatever cannot be taken is a {@link
 * dev.lockstep.hub.filter.FilterFault} that says where. The same filter over the same entries
 * answers the same on every dialect.
 *
 * <p>This package knows nothing of the hub's own, so that any part of the hub may use it.
 */
@NullMarked
package dev.lockstep.hub.filter;

import org.jspecify.annotations.NullMarked;
