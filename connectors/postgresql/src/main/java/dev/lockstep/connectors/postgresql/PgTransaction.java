package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Writer;
import dev.lockstep.connector.Writer.Batch;
import dev.lockstep.connector.Writer.Outcome;
import dev.lockstep.connectors.jdbc.Applier.Task;
import dev.lockstep.connectors.jdbc.Dialect;
import dev.lockstep.connectors.jdbc.Fault;
import dev.lockstep.connectors.jdbc.Intent;
import dev.lockstep.connectors.jdbc.Item;
import dev.lockstep.connectors.jdbc.Outcomes;
import dev.lockstep.connectors.jdbc.Sessions.Work;
import dev.lockstep.connectors.jdbc.Table;
import dev.lockstep.connectors.jdbc.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A transaction that usually takes two round trips: one statement with which it begins, and one for
 * the ledger with which it ends; or only one, see {@link PgAtOnce}. Only when the database refuses
 * something is it looked at more closely, by {@link PgRescue}.
 */
final class PgTransaction implements Writer.Transaction {
  private final PostgresWriter writer;
  private final PgSession session;
  private final PgApply apply;
  private final TableName ledger;
  private final Optional<PgCircles> circles;

  /** Whether the server holds anything of this transaction. */
  private boolean begun;

  /** Whether the log knows by whose hand it is. */
  private boolean marked;

  /** Whether constraints that would wait for the commit have been told not to. */
  private boolean immediate;

  /** Whether references have been told not to be checked. */
  private boolean unchecked;

  /**
   * @param circles what may be left unchecked, where tables are being filled
   */
  PgTransaction(
      PostgresWriter writer, PgSession session, TableName ledger, Optional<PgCircles> circles) {
    this.circles = circles;
    this.writer = writer;
    this.session = session;
    this.apply = new PgApply(session, writer.habits(), ledger);
    this.ledger = ledger;
  }

  @Override
  public List<List<Outcome>> write(List<Batch> batches) throws InterruptedException {
    return described(
        batches,
        () -> {
          List<Outcomes> outcomes = new ArrayList<>(batches.size());
          List<PgStep> steps = steps(batches, outcomes);
          if (!steps.isEmpty()) {
            put(ordered(steps));
          }
          return outcomes.stream().map(Outcomes::list).toList();
        });
  }

  /** Has tables described anew that did not turn out to be as described. */
  private <T> T described(List<Batch> batches, Attempt<T> attempt) throws InterruptedException {
    try {
      return attempt.run();
    } catch (ConnectorException e) {
      if (!(e.failure() instanceof Failure.Transient)) {
        batches.forEach(batch -> writer.altered(batch.dataset()));
      }
      throw e;
    }
  }

  /** Something that is tried on tables as they were described. */
  private interface Attempt<T> {
    T run() throws InterruptedException;
  }

  private List<PgStep> steps(List<Batch> batches, List<Outcomes> outcomes)
      throws InterruptedException {
    List<PgStep> steps = new ArrayList<>();
    for (Batch batch : batches) {
      Table table = writer.target(batch);
      Outcomes of = new Outcomes(batch.mutations().size());
      outcomes.add(of);
      List<Item> items = session.preparation(table, batch).items(batch.mutations(), of);
      steps.addAll(PgStep.of(new Task(table, batch.mode()), items, of));
    }
    return steps;
  }

  @Override
  public boolean commitIfApplied(List<Batch> batches, String owner, String entry)
      throws InterruptedException {
    if (begun || !PgAtOnce.mayTake(batches)) {
      return false;
    }
    return described(
        batches,
        () -> {
          List<PgStep> steps = steps(batches, new ArrayList<>());
          return PgAtOnce.takes(batches, steps) && commitAtOnce(ordered(steps), owner, entry);
        });
  }

  private boolean commitAtOnce(List<PgStep> steps, String owner, String entry)
      throws InterruptedException {
    apply.at(steps.getFirst().name());
    return run(connection -> {
      session.replan(connection);
      begin(connection, steps);
      try {
        if (new PgAtOnce(session, writer.habits(), steps)
            .run(connection, session.seal(ledger), owner, entry)) {
          begun = false;
          return true;
        }
      } catch (SQLException e) {
        if (dialect().fault(e) != Fault.DATA) {
          throw e;
        }
      }
      undo(connection, true);
      return false;
    });
  }

  private List<PgStep> ordered(List<PgStep> steps) throws InterruptedException {
    if (steps.stream().anyMatch(step -> step.kind() == PgStep.Kind.MOVE)) {
      // A row that is moved must not take with it what has come to refer to it since.
      PgLinks links = writer.readLinks();
      apply.under(links);
      return PgStep.ordered(steps, links);
    }
    return steps.size() < 2
        ? steps
        : PgStep.ordered(steps, writer.links(steps.stream().map(PgStep::table).toList()));
  }

  private void put(List<PgStep> steps) throws InterruptedException {
    boolean done =
        run(connection -> {
          session.replan(connection);
          return attempt(connection, steps);
        });
    if (!done) {
      // What refers to what may have been altered since it was read.
      PgLinks links = writer.readLinks();
      apply.under(links);
      List<PgStep> ordered = PgStep.ordered(steps, links);
      run(connection -> {
        begin(connection, ordered);
        session.flush(connection);
        new PgRescue(connection, dialect(), session, apply, links).run(ordered);
        return true;
      });
    }
  }

  /** False when the database refused something, and everything of this call was taken back. */
  private boolean attempt(Connection connection, List<PgStep> steps) throws SQLException {
    // Before the first call there is nothing that would have to be kept.
    boolean first = !begun;
    begin(connection, steps);
    if (!first) {
      session.lead(PgSession.SAVE);
    }
    try {
      for (PgStep step : steps) {
        apply.run(connection, step);
      }
      if (!first) {
        session.lead(PgSession.KEEP);
      }
      return true;
    } catch (SQLException e) {
      if (dialect().fault(e) != Fault.DATA) {
        throw e;
      }
      undo(connection, first);
      return false;
    }
  }

  private void undo(Connection connection, boolean first) throws SQLException {
    session.dropLeads();
    if (first) {
      connection.rollback();
      begun = false;
      immediate = false;
      marked = false;
      unchecked = false;
    } else {
      PgSession.execute(connection, PgSession.UNDO);
    }
  }

  /** Before the first statement. The driver sends BEGIN along with that. */
  private void begin(Connection connection, List<PgStep> steps) throws SQLException {
    mark(connection);
    // A constraint that waits for the commit would fail everything there and name no record.
    if (!immediate && steps.stream().anyMatch(step -> step.table().deferrable())) {
      session.lead("SET CONSTRAINTS ALL IMMEDIATE");
      immediate = true;
    }
    if (circles.isPresent() && !unchecked) {
      leaveUnchecked(connection, circles.get(), steps);
    }
  }

  private void leaveUnchecked(Connection connection, PgCircles some, List<PgStep> steps)
      throws SQLException {
    for (PgStep step : steps) {
      if (some.mayLeave(connection, step.name())) {
        session.lead(PgCircles.UNCHECKED);
        unchecked = true;
        return;
      }
    }
  }

  private void mark(Connection connection) throws SQLException {
    begun = true;
    if (!marked) {
      // Invariant 6: our own write never comes back to us as a change.
      String sql = writer.origin().statement(connection);
      if (!sql.isEmpty()) {
        session.lead(sql);
      }
      marked = true;
    }
  }

  @Override
  public void clear(List<DatasetId> datasets) throws InterruptedException {
    List<TableName> tables = new ArrayList<>(datasets.size());
    for (DatasetId dataset : datasets) {
      tables.add(writer.table(dataset).name());
    }
    List<TableName> parentsFirst = writer.readLinks().parentsFirst(tables);
    run(connection -> {
      mark(connection);
      session.flush(connection);
      new PgClear(connection, dialect(), apply).run(parentsFirst);
      return true;
    });
  }

  @Override
  public void commit(String owner, String entry) throws InterruptedException {
    apply.at(ledger);
    run(connection -> {
      // A savepoint that is still held goes with the transaction.
      session.dropLeads();
      PgCall call = session.call(connection, session.seal(ledger));
      call.statement().setString(1, owner);
      call.statement().setString(2, entry);
      call.change();
      begun = false;
      return true;
    });
  }

  private <T> T run(Work<T> work) throws InterruptedException {
    return session.run(() -> Intent.write(apply.current()), work);
  }

  private Dialect dialect() {
    return writer.dialect();
  }

  @Override
  public void close() {
    if (begun && !session.isGone()) {
      rollBack();
    }
    writer.give(session);
  }

  private void rollBack() {
    session.dropLeads();
    try {
      run(connection -> {
        connection.rollback();
        return true;
      });
    } catch (ConnectorException e) {
      // The session is gone, and its transaction with it.
      return;
    } catch (InterruptedException e) {
      session.close();
      Thread.currentThread().interrupt();
    }
  }
}
