/** One execution of a scheduled or requested read. */
@NullMarked
package dev.lockstep.engine.run;

import org.jspecify.annotations.NullMarked;
