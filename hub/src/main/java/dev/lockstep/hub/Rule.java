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
  /** The field refers to an entry that is not there. */
  REFERENCE,
  /** Other entries refer to this one, and keep it. */
  REFERRED,
  /** A state cannot follow the one before it. */
  TRANSITION,
  /** A validation rule of the object does not hold. */
  VALIDATION,
  /** The field is read only. */
  READ_ONLY,
  /** More entries would change than one call may change. */
  TOO_MANY,
  /** The entry changed since the caller read it. */
  VERSION
}
