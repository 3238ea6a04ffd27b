package dev.lockstep.simulation.schema;

import java.time.Duration;

/**
 * How large everything is.
 *
 * @param orders with one to four items each, at the beginning
 * @param bulk rows of the widest table, at the beginning
 * @param large rows that one large transaction changes
 * @param betweenLarge how long one large transaction is after the other
 */
record Scale(int orders, int bulk, int large, Duration betweenLarge) {
  static final Scale FULL = new Scale(8_000, 20_000, 200_000, Duration.ofSeconds(45));
  static final Scale SHORT = new Scale(1_000, 2_000, 10_000, Duration.ofSeconds(4));
}
