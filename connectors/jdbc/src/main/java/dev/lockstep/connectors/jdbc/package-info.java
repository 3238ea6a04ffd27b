/** Relational databases as systems. */
@NullMarked
package dev.lockstep.connectors.jdbc;

import org.jspecify.annotations.NullMarked;
