/** The connector for Liferay, against other Locksteps that serve Liferay's APIs. */
@NullMarked
package dev.lockstep.server.liferay;

import org.jspecify.annotations.NullMarked;
