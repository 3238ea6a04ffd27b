@NullMarked
package dev.lockstep.hub.batch;

import org.jspecify.annotations.NullMarked;
