package dev.lockstep.hub.batch.format;

/** What the values of one column of a table are, so that cells can be told apart. */
public enum Column {
  /** True or false. */
  BOOLEAN,
  /** A day without a time. */
  DATE,
  /** Any JSON value, written as JSON. */
  JSON,
  /** A moment in UTC. */
  MOMENT,
  /** A number, whole or not. */
  NUMBER,
  /** Text, even where it looks like a number. */
  TEXT,
  /** A day with a time of no zone. */
  TIME,
  /** Nothing is known: texts stay texts, and what a cell says of itself is believed. */
  UNKNOWN
}
