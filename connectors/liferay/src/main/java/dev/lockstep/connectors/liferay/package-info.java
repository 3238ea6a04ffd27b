/**
 * The objects of a Liferay, or of another Lockstep's hub, as a system.
 *
 * <p>Read in this order: {@link dev.lockstep.connectors.liferay.LiferayConnector} takes the
 * settings that {@code LiferaySettings} lists, {@code LiferayConnection} offers the roles, {@code
 * Catalog} finds the definitions, an {@code ObjectShape} each. {@code ChangeFeed} follows: by
 * {@code Hint}s that webhooks bring, a {@code Sweep} and a {@code KeyScan}.
 */
@NullMarked
package dev.lockstep.connectors.liferay;

import org.jspecify.annotations.NullMarked;
