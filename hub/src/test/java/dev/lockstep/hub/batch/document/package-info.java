@NullMarked
package dev.lockstep.hub.batch.document;

import org.jspecify.annotations.NullMarked;
