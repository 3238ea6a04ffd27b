package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.Writer.Mode;
import dev.lockstep.connector.Writer.Outcome;
import dev.lockstep.connectors.jdbc.Item;
import dev.lockstep.connectors.jdbc.Table;
import dev.lockstep.connectors.jdbc.TableName;
import dev.lockstep.connectors.postgresql.PgWork.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes steps by the statement that is likely to do all of the work: an update where records are
 * mostly there, an insert where they are mostly new, and the other one for what is left. An update
 * costs the server less than an insert that meets a conflict, which locks the row before. Nothing
 * is asked back but how many rows changed.
 */
final class PgApply {
  private static final double HALF = 0.5;
  private static final double WEIGHT = 0.25;

  private final PgSession session;
  private final Habits habits;
  private TableName current;
  private PgLinks links = PgLinks.NONE;

  PgApply(PgSession session, Habits habits, TableName ledger) {
    this.session = session;
    this.habits = habits;
    this.current = ledger;
  }

  /** The table that is being written, for messages of errors. */
  TableName current() {
    return current;
  }

  /** Says what ties the tables together from now on. */
  void under(PgLinks now) {
    links = now;
  }

  /** Says what is being written. */
  void at(TableName table) {
    current = table;
  }

  /** How many of a table's records are new, of late. Thread-safe. */
  static final class Habits {
    private final Map<TableName, Double> fresh = new ConcurrentHashMap<>();

    boolean isMostlyNew(TableName table) {
      return fresh.getOrDefault(table, 0.0) > HALF;
    }

    void saw(TableName table, int created, int all) {
      fresh.merge(
          table, (double) created / all, (known, now) -> known * (1 - WEIGHT) + now * WEIGHT);
    }
  }

  /** Writes one step wholly, or throws. */
  void run(Connection connection, PgStep step) throws SQLException {
    at(step.name());
    PgWork work = session.work(step.table(), step.shape());
    switch (step.kind()) {
      case DELETE -> delete(connection, step, work);
      case LEAVE -> delete(connection, step.taken(), work);
      case MOVE -> {
        session.flush(connection);
        new PgMove(session.dialect(), step.table(), step.items())
            .run(connection, links.referenced().contains(step.name()), step.outcomes());
        if (step.task().mode() == Mode.UPDATE) {
          // What is not there is left out, as with all others.
          step.outcomes().setAll(step.items(), Outcome.APPLIED);
        }
      }
      case PUT -> put(connection, step, work);
    }
  }

  private void delete(Connection connection, PgStep step, PgWork work) throws SQLException {
    step.outcomes().setAll(step.items(), Outcome.UNCHANGED);
    if (!step.items().isEmpty()) {
      session.find(
          connection,
          work,
          Kind.DELETE,
          step.items(),
          item -> step.outcomes().set(item, Outcome.APPLIED));
    }
  }

  private void put(Connection connection, PgStep step, PgWork work) throws SQLException {
    step.outcomes().setAll(step.items(), Outcome.APPLIED);
    if (step.task().mode() == Mode.APPEND) {
      session.change(connection, work, Kind.INSERT, step.items());
    } else if (step.task().mode() == Mode.UPDATE) {
      updateWhatIsThere(connection, step, work);
    } else if (step.shape().isPartial()) {
      updatePartial(connection, step, work);
    } else {
      upsert(connection, step, work);
    }
  }

  private void updateWhatIsThere(Connection connection, PgStep step, PgWork work)
      throws SQLException {
    if (!step.shape().settable().isEmpty()) {
      session.change(connection, work, Kind.UPDATE, step.items());
    }
  }

  private void upsert(Connection connection, PgStep step, PgWork work) throws SQLException {
    int all = step.items().size();
    boolean settable = !step.shape().settable().isEmpty();
    boolean insertFirst =
        !settable || (step.shape().isInsertable() && habits.isMostlyNew(step.name()));
    if (!insertFirst) {
      int updated = session.change(connection, work, Kind.UPDATE, step.items());
      if (updated < all) {
        int created = session.change(connection, work, Kind.INSERT_MISSING, step.items());
        habits.saw(step.name(), created, all);
      } else {
        habits.saw(step.name(), 0, all);
      }
      return;
    }
    int created = session.change(connection, work, Kind.INSERT_NEW, step.items());
    habits.saw(step.name(), created, all);
    if (created < all && settable) {
      session.change(connection, work, Kind.UPDATE_WHAT_DIFFERS, step.items());
    }
  }

  /** Rows of which a part is not known can change records, but cannot make any. */
  private void updatePartial(Connection connection, PgStep step, PgWork work) throws SQLException {
    boolean settable = !step.shape().settable().isEmpty();
    int updated = settable ? session.change(connection, work, Kind.UPDATE, step.items()) : 0;
    if (updated < step.items().size()) {
      List<Item> missing = new ArrayList<>();
      session.find(connection, work, Kind.MISSING, step.items(), missing::add);
      step.outcomes().setAll(missing, incomplete(step.table()));
    }
  }

  static Outcome incomplete(Table table) {
    return new Outcome.Rejected(
        "table " + table.name() + " has no such record, and the source did not send all of it",
        "run the sync with --full, or set REPLICA IDENTITY FULL on the source's table");
  }
}
