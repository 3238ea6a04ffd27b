/** The contract between the engine and a connector. */
@NullMarked
package dev.lockstep.connector;

import org.jspecify.annotations.NullMarked;
