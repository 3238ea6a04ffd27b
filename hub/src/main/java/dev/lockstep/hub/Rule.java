package dev.lockstep.hub;

/** Which rule of an object an edit broke. */
public enum Rule {
  /** The object has no field of that name. */
  UNKNOWN_FIELD,
  TYPE,
  RANGE,
  LENGTH,
  REQUIRED,
  ONE_OF,
  /** The external reference code cannot be one, or differs from the one addressed. */
  CODE,
  /** An entry of that external reference code is there already. */
  EXISTS,
  /** Another entry has these values in fields declared unique. */
  UNIQUE,
  NOT_FOUND,
  /** The entry changed since the caller read it. */
  VERSION
}
