@NullMarked
package dev.lockstep.hub;

import org.jspecify.annotations.NullMarked;
