/**
 * Liferay's expression language: conditions, validation rules and formulas over the fields of an
 * entry.
 *
 * <p>{@link dev.lockstep.hub.expression.Expression} is parsed once, checked against the fields
 * there are, and evaluated as often as one likes, on any thread. Whatever is written in an
 * expression, and whatever the fields hold, parsing and evaluating end soon and in bounded memory.
 */
@NullMarked
package dev.lockstep.hub.expression;

import org.jspecify.annotations.NullMarked;
