/** Client extensions of Liferay: reading, checking and writing them. Knows nothing of a server. */
@NullMarked
package dev.lockstep.server.extension;

import org.jspecify.annotations.NullMarked;
