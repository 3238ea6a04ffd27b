/**
 * Everything between two connectors, behind one facade: {@link dev.lockstep.engine.Engine}. Knows
 * no concrete connector.
 */
@NullMarked
package dev.lockstep.engine;

import org.jspecify.annotations.NullMarked;
