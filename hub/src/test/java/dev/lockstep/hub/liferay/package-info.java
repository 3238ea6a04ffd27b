@NullMarked
package dev.lockstep.hub.liferay;

import org.jspecify.annotations.NullMarked;
