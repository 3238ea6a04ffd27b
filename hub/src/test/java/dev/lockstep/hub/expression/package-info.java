@NullMarked
package dev.lockstep.hub.expression;

import org.jspecify.annotations.NullMarked;
