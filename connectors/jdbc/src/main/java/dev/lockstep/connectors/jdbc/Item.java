package dev.lockstep.connectors.jdbc;

import org.jspecify.annotations.Nullable;

/**
 * One mutation, ready for its table.
 *
 * @param place its index in the batch
 * @param values in the order of the shape's columns, in the form the columns will hold
 */
public record Item(int place, boolean isDelete, Shape shape, @Nullable Object[] values) {}
