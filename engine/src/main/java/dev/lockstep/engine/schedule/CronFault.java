package dev.lockstep.engine.schedule;

/**
 * Words the errors of one cron expression, so that each names the field, the fault and examples.
 */
record CronFault(String expression) {
  private static final String EXAMPLES =
      " Parsable examples: '0 18 * * MON-FRI' (18:00 on working days), '*/15 * * * *' (every quarter"
          + " of an hour), '30 6 1 * *' (06:30 on the first of a month), '0 9 * JAN,JUL MON#1' (09:00"
          + " on the first Monday of January and July), '0 30 2 L * ?' (six fields: second first;"
          + " 02:30:00 on a month's last day), '@daily'.";

  UnrecognizableSchedule of(String fault) {
    return new UnrecognizableSchedule(
        "Unrecognized cron '" + expression + "': " + fault + "." + EXAMPLES);
  }

  UnrecognizableSchedule in(CronField field, String item, String fault) {
    return of(field.label() + " '" + item + "' " + fault);
  }
}
