package dev.lockstep.hub.dispatch;

import dev.lockstep.hub.Hub;
import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.batch.Asker;
import dev.lockstep.hub.liferay.Fault;
import dev.lockstep.store.Tx;
import io.helidon.http.Status;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** The triggers there are, and their changes. Thread-safe. */
final class Triggers {
  private final Hub hub;
  private final Timetables timetables;
  private final Executors executors;
  private final InstantSource clock;
  private final Runnable changed;

  /**
   * @param changed is called after every change
   */
  Triggers(
      Hub hub, Timetables timetables, Executors executors, InstantSource clock, Runnable changed) {
    this.hub = hub;
    this.timetables = timetables;
    this.executors = executors;
    this.clock = clock;
    this.changed = changed;
  }

  Optional<Trigger> find(long id) throws InterruptedException {
    return hub.read(tx -> TriggerTable.find(tx, id));
  }

  Optional<Trigger> find(String code) throws InterruptedException {
    return hub.read(tx -> TriggerTable.find(tx, code));
  }

  /** A page of triggers, and how many there are. */
  record Listed(List<Trigger> triggers, long total) {}

  Listed list(int limit, long offset) throws InterruptedException {
    return hub.read(tx -> new Listed(TriggerTable.list(tx, limit, offset), TriggerTable.count(tx)));
  }

  /**
   * Checks a trigger that is to be added.
   *
   * @throws Fault with what is wrong
   */
  Draft added(ObjectNode sent, Access access) throws InterruptedException {
    return draft(TriggerBody.of(sent), UUID.randomUUID().toString(), access);
  }

  /**
   * Checks what a trigger is to become.
   *
   * @param whole whether what is not sent goes
   */
  Draft changed(Trigger present, ObjectNode sent, boolean whole, Access access)
      throws InterruptedException {
    TriggerBody body = whole ? TriggerBody.of(sent) : new TriggerBody(present.body()).with(sent);
    return draft(body, present.code(), access);
  }

  private Draft draft(TriggerBody body, String code, Access access) throws InterruptedException {
    Terms terms = Terms.of(body.node());
    Optional<Instant> next = terms.next(timetables, clock.instant());
    if (terms.active()) {
      checkActive(terms, next, access);
    }
    return new Draft(
        body.text(TriggerBody.CODE).orElse(code),
        terms,
        body.node(),
        Asker.of(access),
        terms.active() ? next : Optional.empty());
  }

  /** What would be saved as active and never happen is refused. */
  private void checkActive(Terms terms, Optional<Instant> next, Access access)
      throws InterruptedException {
    if (terms.cron().isEmpty()) {
      throw Fault.bad(
          "cronExpression is missing",
          "send when it is due, such as '0 0/15 * * * ?', or active: false");
    }
    if (next.isEmpty()) {
      throw Fault.bad(
          "cronExpression '"
              + terms.cron().get()
              + "' is never due from now on, as of startDate and"
              + " endDate",
          "send other times, or active: false");
    }
    executors.of(terms.type()).check(terms.settings(), access);
  }

  /**
   * Adds a trigger.
   *
   * @param also what is noted in the same transaction
   */
  Trigger add(Draft draft, Consumer<Tx> also) throws InterruptedException {
    Trigger added =
        hub.note(tx -> {
          checkUnique(tx, draft, 0);
          long id = TriggerTable.add(tx, draft, draft.next(), clock.instant());
          also.accept(tx);
          return TriggerTable.find(tx, id).orElseThrow();
        });
    changed.run();
    return added;
  }

  /** Makes a trigger what was checked against it. */
  Trigger change(Trigger present, Draft draft, Consumer<Tx> also) throws InterruptedException {
    Trigger made =
        hub.note(tx -> {
          Trigger current =
              TriggerTable.find(tx, present.id())
                  .orElseThrow(() -> Fault.missing("The trigger was deleted meanwhile"));
          if (current.version() != present.version()) {
            throw Fault.of(
                Status.CONFLICT_409,
                "The trigger was changed by somebody else meanwhile",
                "look at it, and send yours again");
          }
          checkUnique(tx, draft, present.id());
          Instant now = clock.instant();
          TriggerTable.change(tx, present.id(), draft, draft.after(current, now), now);
          also.accept(tx);
          return TriggerTable.find(tx, present.id()).orElseThrow();
        });
    changed.run();
    return made;
  }

  private static void checkUnique(Tx tx, Draft draft, long own) {
    refuseOther(TriggerTable.named(tx, draft.terms().name()), own, "name " + draft.terms().name());
    refuseOther(
        TriggerTable.find(tx, draft.code()), own, "external reference code " + draft.code());
  }

  private static void refuseOther(Optional<Trigger> found, long own, String what) {
    if (found.isPresent() && found.get().id() != own) {
      throw Fault.of(
          Status.CONFLICT_409,
          "Trigger " + found.get().id() + " has the " + what,
          "send another, or change that trigger");
    }
  }

  /** Removes a trigger with its log; what its runs have ordered goes on. */
  void delete(Trigger trigger, Consumer<Tx> also) throws InterruptedException {
    hub.note(tx -> {
      TriggerTable.delete(tx, trigger.id());
      also.accept(tx);
      return true;
    });
    changed.run();
  }
}
