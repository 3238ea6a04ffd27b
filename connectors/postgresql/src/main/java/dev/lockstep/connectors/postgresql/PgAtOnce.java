package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.Writer.Batch;
import dev.lockstep.connector.Writer.Mode;
import dev.lockstep.connector.Writer.Mutation;
import dev.lockstep.connectors.postgresql.PgWork.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a few steps, the ledger's entry and the commit as one message, so that a small transaction
 * takes one round trip. Only for whole rows: each is written by the one or the other of two
 * statements, whatever is there, so nothing need be looked at in between.
 */
final class PgAtOnce {
  /** Each combination of statements is prepared by itself, and there must not be too many. */
  private static final int MOST_STEPS = 4;

  private static final List<Kind> ONLY_KEYS = List.of(Kind.INSERT_NEW);
  private static final List<Kind> MOSTLY_NEW = List.of(Kind.INSERT_NEW, Kind.UPDATE_WHAT_DIFFERS);
  private static final List<Kind> MOSTLY_THERE = List.of(Kind.UPDATE, Kind.INSERT_MISSING);

  private final PgSession session;
  private final PgApply.Habits habits;
  private final List<PgStep> steps;

  /** For each step its statements, chosen once: what is bound must fit to what was prepared. */
  private final List<List<Kind>> kinds;

  PgAtOnce(PgSession session, PgApply.Habits habits, List<PgStep> steps) {
    this.session = session;
    this.habits = habits;
    this.steps = steps;
    this.kinds = steps.stream().map(this::choose).toList();
  }

  /** Whether batches are of a kind that can be written so. */
  static boolean mayTake(List<Batch> batches) {
    for (Batch batch : batches) {
      if (batch.mode() != Mode.UPSERT) {
        return false;
      }
      for (Mutation mutation : batch.mutations()) {
        if (!(mutation instanceof Mutation.Upsert upsert) || upsert.row().isPartial()) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether these steps of such batches can be written so, and leave nothing out. */
  static boolean takes(List<Batch> batches, List<PgStep> steps) {
    int left = 0;
    for (Batch batch : batches) {
      left += batch.mutations().size();
    }
    for (PgStep step : steps) {
      left -= step.items().size();
    }
    return left == 0 && steps.size() <= MOST_STEPS;
  }

  /**
   * Writes all of it and commits; false, and nothing was sent, when it is too large for that.
   *
   * @param seal the statement that takes an owner and an entry, and commits
   */
  boolean run(Connection connection, String seal, String owner, String entry) throws SQLException {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      for (Kind kind : kinds.get(i)) {
        texts.add(work(steps.get(i)).sql(kind));
      }
    }
    texts.add(seal);
    PgCall call = session.call(connection, texts);
    PreparedStatement statement = call.statement();
    int at = 1;
    for (int i = 0; i < steps.size(); i++) {
      PgStep step = steps.get(i);
      at = session.bind(statement, at, work(step), kinds.get(i), step.items());
      if (at == PgSets.TOO_MANY) {
        return false;
      }
    }
    statement.setString(at, owner);
    statement.setString(at + 1, entry);
    learn(call.changes(texts.size()));
    return true;
  }

  private PgWork work(PgStep step) {
    return session.work(step.table(), step.shape());
  }

  private List<Kind> choose(PgStep step) {
    if (step.shape().settable().isEmpty()) {
      return ONLY_KEYS;
    }
    return step.shape().isInsertable() && habits.isMostlyNew(step.name())
        ? MOSTLY_NEW
        : MOSTLY_THERE;
  }

  private void learn(int[] changes) {
    int at = 0;
    for (int i = 0; i < steps.size(); i++) {
      int insert = kinds.get(i).getFirst() == Kind.UPDATE ? 1 : 0;
      int created = changes[at + insert];
      at += kinds.get(i).size();
      habits.saw(steps.get(i).name(), created, steps.get(i).items().size());
    }
  }
}
