package dev.lockstep.engine.schedule;

/**
 * Words the errors of one cron expression, so that each names the field, the fault and examples.
 */
record CronFault(String expression, Form form) {

  /** The two ways of writing a cron. */
  enum Form {
    CRONTAB(
        "'0 18 * * MON-FRI' (18:00 on working days), '*/15 * * * *' (every quarter"
            + " of an hour), '30 6 1 * *' (06:30 on the first of a month), '0 9 * JAN,JUL MON#1' (09:00"
            + " on the first Monday of January and July), '0 30 2 L * ?' (six fields: second first;"
            + " 02:30:00 on a month's last day), '@daily'",
        "; for a longer distance write 'every: 90m'"),
    QUARTZ(
        "'0 0 18 ? * MON-FRI' (18:00 on working days), '0 0/15 * * * ?' (every quarter of an hour),"
            + " '0 30 6 1 * ?' (06:30 on the first of a month), '0 0 9 ? 1,7 2#1' (09:00 on the first"
            + " Monday of January and July), '0 0 0 1 1 ? 2030' (once)",
        "");

    private final String examples;
    private final String longer;

    Form(String examples, String longer) {
      this.examples = examples;
      this.longer = longer;
    }
  }

  UnrecognizableSchedule of(String fault) {
    return new UnrecognizableSchedule(
        "Unrecognized cron '"
            + expression
            + "': "
            + fault
            + ". Parsable examples: "
            + form.examples
            + ".");
  }

  UnrecognizableSchedule in(CronField field, String item, String fault) {
    return of(field.label() + " '" + item + "' " + fault);
  }

  /** What to write where a step is too long for its field; empty where nothing can be. */
  String longer() {
    return form.longer;
  }
}
