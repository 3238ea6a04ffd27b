package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.Writer.Mode;
import dev.lockstep.connector.Writer.Outcome;
import dev.lockstep.connectors.jdbc.Dialect;
import dev.lockstep.connectors.jdbc.Failures;
import dev.lockstep.connectors.jdbc.Fault;
import dev.lockstep.connectors.jdbc.Item;
import dev.lockstep.connectors.jdbc.Outcomes;
import dev.lockstep.connectors.postgresql.PgWork.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes steps of which one was refused: what is good, whatever the order it takes, and what is not
 * is found out one by one. Runs inside a transaction, which stays usable.
 *
 * <p>First with constraints that can wait made to wait: what is refused then is found by halves,
 * until it stands alone, and what it refers to or what refers to it is missing once all has been
 * written, by asking; the others are written without it. Where that does not do, nothing waits:
 * those that miss a record, or stand in the way of one, are tried again when all others have been
 * written, for as long as that helps. At last, rows that want each other's unique values are
 * deleted and inserted together.
 */
final class PgRescue {
  private static final int PASSES = 20;
  private static final String REFERENCE = PgReferences.STATE;
  private static final String UNIQUE = "23505";
  private static final String EXCLUSION = "23P01";

  private final Connection connection;
  private final Dialect dialect;
  private final PgSession session;
  private final PgApply apply;
  private final PgLinks links;
  private @Nullable PgReferences references;

  /** Whether constraints that can wait do. */
  private boolean waiting;

  PgRescue(
      Connection connection, Dialect dialect, PgSession session, PgApply apply, PgLinks links) {
    this.connection = connection;
    this.dialect = dialect;
    this.session = session;
    this.apply = apply;
    this.links = links;
  }

  /**
   * What was refused when it stood alone: an item, or several that can only be written together.
   */
  private record Refused(PgStep step, SQLException error) {
    boolean is(String state) {
      return state.equals(error.getSQLState());
    }

    boolean mayPass() {
      return (is(REFERENCE) || is(UNIQUE) || is(EXCLUSION)) && !isOvertaken();
    }

    /** By now another record is where it would be taken from. */
    boolean isOvertaken() {
      Item.Move move = step.items().getFirst().move();
      return move != null && move.reused();
    }
  }

  /** Something that is tried and can be taken back. */
  private interface Try {
    void run() throws SQLException;
  }

  void run(List<PgStep> steps) throws SQLException {
    boolean waits = steps.stream().anyMatch(step -> links.deferrable().contains(step.name()));
    waiting = waits;
    List<Refused> refused = waits ? deferred(steps).orElse(null) : null;
    waiting = false;
    if (refused == null) {
      refused = pass(steps);
    }
    for (int i = 0; i < PASSES && refused.stream().anyMatch(Refused::mayPass); i++) {
      List<Refused> still = again(refused, i % 2 == 0);
      boolean stuck = still.size() == refused.size();
      refused = still;
      if (stuck) {
        break;
      }
    }
    for (Refused each : exchange(refused)) {
      each.step.outcomes().setAll(each.step.items(), outcome(each));
    }
    leave(steps);
  }

  /** Deletes what is left at the keys of those that were moved only in the end. */
  private void leave(List<PgStep> steps) throws SQLException {
    List<Refused> stay = new ArrayList<>();
    for (PgStep step : steps) {
      if (step.kind() == PgStep.Kind.LEAVE && !step.taken().items().isEmpty()) {
        bisect(step.taken(), false, stay);
      }
    }
    for (Refused each : stay) {
      each.step.outcomes().setAll(each.step.items(), outcome(each));
    }
  }

  /**
   * Writes what can be with constraints that wait until the end, in rounds: what is found out at
   * the end of one is left out of the next. Answers what was refused; empty, and nothing is
   * written, where that could not be found out.
   */
  private Optional<List<Refused>> deferred(List<PgStep> steps) throws SQLException {
    List<Refused> out = new ArrayList<>();
    List<PgStep> open = steps;
    for (int i = 0; i < PASSES; i++) {
      List<Refused> refused = new ArrayList<>();
      List<Refused> broken = new ArrayList<>();
      List<PgStep> round = open;
      boolean done =
          attempt(
                  () -> {
                    PgSession.execute(connection, "SET CONSTRAINTS ALL DEFERRED");
                    refused.addAll(pass(round));
                    Optional<SQLException> error = attempt(this::waitNoLonger);
                    if (error.isPresent()) {
                      if (REFERENCE.equals(error.get().getSQLState())) {
                        broken.addAll(broken(without(round, refused)));
                      }
                      throw error.get();
                    }
                  })
              .isEmpty();
      if (done) {
        out.addAll(refused);
        return Optional.of(out);
      }
      if (broken.isEmpty()) {
        return Optional.empty();
      }
      // What is refused whatever the others do need not be looked for again.
      refused.removeIf(Refused::mayPass);
      out.addAll(refused);
      out.addAll(broken);
      open = without(without(open, refused), broken);
    }
    return Optional.empty();
  }

  private void waitNoLonger() throws SQLException {
    PgSession.execute(connection, "SET CONSTRAINTS ALL IMMEDIATE");
  }

  private List<Refused> broken(List<PgStep> steps) throws SQLException {
    List<Refused> broken = new ArrayList<>();
    for (PgStep each : steps) {
      PgStep step = each.kind() == PgStep.Kind.LEAVE ? each.taken() : each;
      references()
          .broken(connection, step)
          .forEach((item, error) -> broken.add(new Refused(step.with(List.of(item)), error)));
    }
    return broken;
  }

  private static List<PgStep> without(List<PgStep> steps, List<Refused> refused) {
    Set<Item> out = Collections.newSetFromMap(new IdentityHashMap<>());
    refused.forEach(each -> out.addAll(each.step.items()));
    return steps.stream()
        .map(step -> step.with(step.items().stream().filter(item -> !out.contains(item)).toList()))
        .filter(step -> !step.items().isEmpty())
        .toList();
  }

  private PgReferences references() throws SQLException {
    PgReferences known = references;
    if (known == null) {
      known = PgReferences.read(connection, dialect);
      references = known;
    }
    return known;
  }

  private List<Refused> pass(List<PgStep> steps) throws SQLException {
    List<Refused> refused = new ArrayList<>();
    for (PgStep step : steps) {
      bisect(step, false, refused);
    }
    return refused;
  }

  private void bisect(PgStep all, boolean backwards, List<Refused> refused) throws SQLException {
    PgStep step = unheld(all, refused);
    if (step.items().isEmpty()) {
      return;
    }
    Optional<SQLException> error = attempt(() -> apply.run(connection, step));
    if (error.isEmpty()) {
      return;
    }
    List<Item> items = step.items();
    int middle = Item.cut(items);
    if (middle == 0) {
      // So that what has been left behind for it is not deleted.
      step.outcomes().setAll(items, Outcomes.rejected(error.get()));
      refused.add(new Refused(step, error.get()));
      return;
    }
    if (REFERENCE.equals(error.get().getSQLState())) {
      PgStep whole = withoutBroken(step, refused);
      if (whole.items().size() < items.size()) {
        bisect(whole, backwards, refused);
        return;
      }
    }
    PgStep first = step.with(items.subList(0, middle));
    PgStep second = step.with(items.subList(middle, items.size()));
    bisect(backwards ? second : first, backwards, refused);
    bisect(backwards ? first : second, backwards, refused);
  }

  /** Without what breaks a reference, which is refused. */
  private PgStep withoutBroken(PgStep step, List<Refused> refused) throws SQLException {
    Map<Item, SQLException> broken = references().barred(connection, step, waiting);
    List<Item> whole = new ArrayList<>();
    for (Item item : step.items()) {
      SQLException error = broken.get(item);
      if (error == null) {
        whole.add(item);
      } else {
        refused.add(new Refused(step.with(List.of(item)), error));
      }
    }
    return step.with(whole);
  }

  /**
   * Without what would take the place of a record that is still to be moved from there; it is
   * refused for the same reason.
   */
  private static PgStep unheld(PgStep step, List<Refused> refused) {
    if (step.kind() != PgStep.Kind.MOVE || refused.isEmpty()) {
      return step;
    }
    Map<List<Object>, SQLException> held = new HashMap<>();
    for (Refused each : refused) {
      if (each.mayPass()) {
        each.step.items().forEach(item -> hold(held, item, each.error));
      }
    }
    List<Item> free = new ArrayList<>();
    for (Item item : step.items()) {
      SQLException error = held.get(Arrays.asList(item.values()).subList(0, item.shape().keys()));
      if (error == null) {
        free.add(item);
      } else {
        hold(held, item, error);
        PgStep alone = step.with(List.of(item));
        alone.outcomes().setAll(alone.items(), Outcomes.rejected(error));
        refused.add(new Refused(alone, error));
      }
    }
    return step.with(free);
  }

  private static void hold(Map<List<Object>, SQLException> held, Item item, SQLException error) {
    Item.Move move = item.move();
    if (move != null) {
      held.put(Arrays.asList(move.from()), error);
    }
  }

  /**
   * Tries those again that may pass by now, those of one step together.
   *
   * @param backwards from the last to the first, for rows that refer to later ones of their table
   */
  private List<Refused> again(List<Refused> refused, boolean backwards) throws SQLException {
    List<Refused> still = new ArrayList<>();
    List<Refused> open = new ArrayList<>();
    refused.forEach(each -> (each.mayPass() ? open : still).add(each));
    for (List<Refused> group : grouped(open)) {
      List<Refused> found = new ArrayList<>();
      boolean turned = backwards && group.getFirst().step.kind() != PgStep.Kind.MOVE;
      bisect(together(group), turned, found);
      still.addAll(turned ? found.reversed() : found);
    }
    return still;
  }

  private static List<List<Refused>> grouped(List<Refused> refused) {
    List<List<Refused>> groups = new ArrayList<>();
    for (Refused each : refused) {
      PgStep step = each.step;
      boolean joins =
          !groups.isEmpty()
              && groups.getLast().getFirst().step.outcomes() == step.outcomes()
              && groups.getLast().getFirst().step.shape() == step.shape()
              && groups.getLast().getFirst().step.kind() == step.kind();
      if (!joins) {
        groups.add(new ArrayList<>());
      }
      groups.getLast().add(each);
    }
    return groups;
  }

  private static PgStep together(List<Refused> group) {
    return group
        .getFirst()
        .step
        .with(group.stream().flatMap(each -> each.step.items().stream()).toList());
  }

  /** Those that are still refused when rows have exchanged unique values where they can. */
  private List<Refused> exchange(List<Refused> refused) throws SQLException {
    List<Refused> still = new ArrayList<>();
    List<Refused> unique = new ArrayList<>();
    refused.forEach(each -> (each.is(UNIQUE) || each.is(EXCLUSION) ? unique : still).add(each));
    for (List<Refused> group : grouped(unique)) {
      PgStep step = together(group);
      boolean exchanged =
          canReplace(step) && step.items().size() > 1 && attempt(() -> replace(step)).isEmpty();
      if (!exchanged) {
        still.addAll(group);
      }
    }
    return still;
  }

  /** Only where a deleted row takes nothing with it; it comes back with all that it had. */
  private boolean canReplace(PgStep step) {
    return step.kind() == PgStep.Kind.PUT
        && step.task().mode() == Mode.UPSERT
        && !links.followed().contains(step.name());
  }

  private void replace(PgStep step) throws SQLException {
    PgWork work = session.work(step.table(), step.shape());
    if (session.change(connection, work, Kind.REPLACE, step.items()) < step.items().size()) {
      throw new SQLException("some rows are new, so they exchange nothing", UNIQUE);
    }
    step.outcomes().setAll(step.items(), Outcome.APPLIED);
  }

  /** The error by which the database refused the data, if it did; what was tried is undone then. */
  private Optional<SQLException> attempt(Try work) throws SQLException {
    PgSession.execute(connection, PgSession.SAVE);
    try {
      work.run();
      PgSession.execute(connection, PgSession.KEEP);
      return Optional.empty();
    } catch (SQLException e) {
      if (dialect.fault(e) != Fault.DATA) {
        throw e;
      }
      PgSession.execute(connection, PgSession.UNDO);
      return Optional.of(e);
    }
  }

  private static Outcome outcome(Refused refused) {
    return refused.is(REFERENCE) && !refused.isOvertaken()
        ? new Outcome.Deferred(Failures.text(refused.error), Optional.empty())
        : Outcomes.rejected(refused.error);
  }
}
