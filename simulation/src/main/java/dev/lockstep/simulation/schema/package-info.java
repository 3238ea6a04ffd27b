/** A schema of many related tables, followed under load while everything is killed. */
@NullMarked
package dev.lockstep.simulation.schema;

import org.jspecify.annotations.NullMarked;
