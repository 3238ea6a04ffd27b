package dev.lockstep.simulation.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Negative controls: faults made by hand in the target, each of which must be found. */
final class Controls {
  private static final Duration A_FEW_LOOKS = Duration.ofMillis(500);

  private final CompareTables compare;
  private final Connection target;
  private final Watch watch;
  private final Findings findings;
  private final Consumer<String> told;

  Controls(
      CompareTables compare,
      Connection target,
      Watch watch,
      Findings findings,
      Consumer<String> told) {
    this.compare = compare;
    this.target = target;
    this.watch = watch;
    this.findings = findings;
    this.told = told;
  }

  void tryAll() throws SQLException, InterruptedException {
    torn();
    found(
        "a value that was changed",
        "UPDATE document SET body = body || '.' WHERE id = (SELECT min(id) FROM document)",
        "document",
        0,
        0,
        1);
    found(
        "a change that was dropped",
        "DELETE FROM lineitem WHERE ctid = (SELECT min(ctid) FROM lineitem)",
        "lineitem",
        1,
        0,
        0);
    found(
        "a deletion that was undone",
        "INSERT INTO course VALUES ('C9999', 'gone')",
        "course",
        0,
        1,
        0);
  }

  /** Each is taken back, so that the next stands alone. */
  private void found(String what, String sql, String table, long lost, long extra, long different)
      throws SQLException {
    List<Compared> before = compare.compare();
    target.setAutoCommit(false);
    try {
      change(sql);
      boolean found = false;
      for (Compared after : compare.compare()) {
        Compared was =
            before.stream()
                .filter(it -> it.table().equals(after.table()))
                .findFirst()
                .orElseThrow();
        if (after.table().equals(table)) {
          found =
              after.lost() == was.lost() + lost
                  && after.extra() == was.extra() + extra
                  && after.different() == was.different() + different;
        }
      }
      tell(what, found);
    } finally {
      target.rollback();
      target.setAutoCommit(true);
    }
  }

  /** Half a transfer is seen, as it would be if a transaction came in two parts. */
  private void torn() throws SQLException, InterruptedException {
    long before = watch.torn();
    change("UPDATE book_debit SET balance = balance + 1, entries = entries + 1 WHERE account = 1");
    Thread.sleep(A_FEW_LOOKS);
    tell("half a transaction", watch.torn() > before);
    change("UPDATE book_debit SET balance = balance - 1, entries = entries - 1 WHERE account = 1");
  }

  private void change(String sql) throws SQLException {
    try (Statement statement = target.createStatement()) {
      if (statement.executeUpdate(sql) != 1) {
        throw new IllegalStateException("not one row: " + sql);
      }
    }
  }

  private void tell(String what, boolean found) {
    findings.control(found);
    told.accept("control, " + what + ": " + (found ? "caught" : "NOT CAUGHT"));
  }
}
