/** The conformance suite every connector passes, and the in-memory connector. */
@NullMarked
package dev.lockstep.testkit;

import org.jspecify.annotations.NullMarked;
