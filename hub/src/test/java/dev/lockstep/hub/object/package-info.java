@NullMarked
package dev.lockstep.hub.object;

import org.jspecify.annotations.NullMarked;
