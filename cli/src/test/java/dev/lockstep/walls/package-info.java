/** Holds the walls between modules and packages, and the tidiness of the whole source tree. */
@NullMarked
package dev.lockstep.walls;

import org.jspecify.annotations.NullMarked;
