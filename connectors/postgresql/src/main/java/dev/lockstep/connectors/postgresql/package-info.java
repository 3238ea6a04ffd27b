/** PostgreSQL as a system: bulk by COPY, writes by sets, changes from its log. */
@NullMarked
package dev.lockstep.connectors.postgresql;

import org.jspecify.annotations.NullMarked;
