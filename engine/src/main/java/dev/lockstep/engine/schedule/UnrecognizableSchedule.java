package dev.lockstep.engine.schedule;

/**
 * A schedule that cannot be read or could never be due. The message names the schedule, the field,
 * the fault and what to write instead.
 */
public final class UnrecognizableSchedule extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  UnrecognizableSchedule(String message) {
    super(message);
  }
}
