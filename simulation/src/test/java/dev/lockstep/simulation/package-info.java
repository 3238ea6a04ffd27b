@NullMarked
package dev.lockstep.simulation;

import org.jspecify.annotations.NullMarked;
