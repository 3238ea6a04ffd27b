@NullMarked
package dev.lockstep.testkit;

import org.jspecify.annotations.NullMarked;
