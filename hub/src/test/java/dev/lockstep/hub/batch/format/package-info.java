@NullMarked
package dev.lockstep.hub.batch.format;

import org.jspecify.annotations.NullMarked;
