/**
 * Any REST API as a system, described in the configuration.
 *
 * <p>Read in this order: {@link dev.lockstep.connectors.http.HttpConnector} takes the settings that
 * {@code HttpSettings} lists, {@code ApiReader} makes an {@code Api} of them, {@code
 * HttpConnection} offers the roles. {@code Wire} carries every call.
 */
@NullMarked
package dev.lockstep.connectors.http;

import org.jspecify.annotations.NullMarked;
