/** A file of {@code key=value} lines as a system: the connector that docs/connectors.md writes. */
@NullMarked
package dev.lockstep.connectors.properties;

import org.jspecify.annotations.NullMarked;
