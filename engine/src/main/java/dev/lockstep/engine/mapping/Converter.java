package dev.lockstep.engine.mapping;

import org.jspecify.annotations.Nullable;

/**
 * Turns the carrier of one type into the carrier of another without losing anything. Never asked
 * for null or absent values; null comes out of a JSON null only. Throws {@link Unfit} for a value
 * that the target's type cannot hold.
 */
@FunctionalInterface
interface Converter {
  @Nullable Object convert(Object value);
}
