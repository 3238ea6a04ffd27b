package dev.lockstep.hub.dispatch;

import dev.lockstep.hub.EntriesRefused;
import dev.lockstep.hub.Hub;
import dev.lockstep.hub.JointEdits;
import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.access.AccessRefused;
import dev.lockstep.hub.batch.Asker;
import dev.lockstep.hub.dispatch.Run.Origin;
import dev.lockstep.hub.dispatch.Run.Status;
import dev.lockstep.hub.liferay.Fault;
import dev.lockstep.hub.object.ModelRefused;
import dev.lockstep.store.StoreException;
import dev.lockstep.store.Tx;
import java.time.Instant;
import java.util.Optional;

/**
 * Notes a run and what it orders, in one transaction: neither is there without the other, whatever
 * is killed.
 */
final class OrderRun {
  private static final System.Logger LOG = System.getLogger(OrderRun.class.getName());

  private final Hub hub;
  private final Executors executors;
  private final Asker.Accesses accesses;
  private final DispatchSettings settings;

  OrderRun(Hub hub, Executors executors, Asker.Accesses accesses, DispatchSettings settings) {
    this.hub = hub;
    this.executors = executors;
    this.accesses = accesses;
    this.settings = settings;
  }

  /**
   * What is to be noted.
   *
   * @param remark what a person should know of the run beside what it does
   */
  record Wanted(
      Trigger trigger, Origin origin, Optional<Instant> due, Instant now, String remark) {}

  /** Whether the trigger still is as it was read; runs first in the transaction. */
  interface Condition {
    boolean holds(Tx tx);
  }

  /**
   * Orders a run that is due, where the condition holds. One that cannot be carried out is noted as
   * failed, one that would overlap as left out.
   */
  void due(Wanted wanted, Condition condition) throws InterruptedException {
    String refused;
    try {
      Executor.Order order = prepared(wanted.trigger());
      noted(
          wanted,
          (tx, edits) -> {
            if (condition.holds(tx)) {
              answer(tx, edits, wanted, order);
            }
            return true;
          });
      return;
    } catch (StoreException later) {
      throw later;
    } catch (RuntimeException unfit) {
      // No trigger holds up those after it.
      refused = told(wanted.trigger(), unfit);
    }
    failed(wanted, condition, refused);
  }

  /** Notes that a run that is due cannot even be ordered. */
  void failed(Wanted wanted, Condition condition, String why) throws InterruptedException {
    noted(
        wanted,
        (tx, edits) -> {
          if (condition.holds(tx)) {
            add(tx, wanted, RunTable.nextId(tx), Status.FAILED, "", why);
          }
          return true;
        });
  }

  private void answer(Tx tx, JointEdits edits, Wanted wanted, Executor.Order order) {
    Optional<String> overlap = overlap(tx, wanted.trigger());
    if (overlap.isPresent()) {
      add(tx, wanted, RunTable.nextId(tx), Status.CANCELLED, "", overlap.get());
    } else {
      order(tx, edits, wanted, order);
    }
  }

  /**
   * Orders a run that somebody asks for.
   *
   * @throws Fault when it cannot be carried out, or would overlap
   */
  Run asked(Wanted wanted) throws InterruptedException {
    Executor.Order order = prepared(wanted.trigger());
    return noted(
        wanted,
        (tx, edits) -> {
          overlap(tx, wanted.trigger())
              .ifPresent(why -> {
                throw Fault.of(
                    io.helidon.http.Status.CONFLICT_409,
                    why,
                    "wait for its end, or send overlapAllowed: true");
              });
          return order(tx, edits, wanted, order);
        });
  }

  private Executor.Order prepared(Trigger trigger) throws InterruptedException {
    Terms terms = trigger.terms();
    Access access = accesses.of(trigger.asker().principal(), trigger.asker().author());
    return executors.of(terms.type()).order(terms.settings(), access);
  }

  private <T> T noted(Wanted wanted, JointEdits.Work<T> work) throws InterruptedException {
    return hub.together(wanted.trigger().asker().author(), work);
  }

  /** Why a run has to be left out; empty when it has not. */
  private Optional<String> overlap(Tx tx, Trigger trigger) {
    boolean allowed = trigger.terms().overlap();
    long underWay = RunTable.underWay(tx, trigger.id());
    if (underWay < (allowed ? settings.overlapping() : 1)) {
      return Optional.empty();
    }
    return Optional.of(
        allowed
            ? underWay + " runs of the trigger are under way, more are not begun"
            : "the run before is under way, and overlapAllowed is false");
  }

  private static Run order(Tx tx, JointEdits edits, Wanted wanted, Executor.Order order) {
    long id = RunTable.nextId(tx);
    return add(tx, wanted, id, Status.IN_PROGRESS, order.note(tx, edits, id), "");
  }

  private static Run add(
      Tx tx, Wanted wanted, long id, Status status, String reference, String error) {
    Trigger trigger = wanted.trigger();
    Terms terms = trigger.terms();
    Run run =
        new Run(
            id,
            trigger.id(),
            terms.type(),
            terms.settings(),
            trigger.asker(),
            wanted.origin(),
            wanted.due(),
            status,
            reference,
            wanted.remark(),
            error,
            wanted.now(),
            status == Status.IN_PROGRESS ? Optional.empty() : Optional.of(wanted.now()));
    RunTable.add(tx, run);
    return run;
  }

  private static String told(Trigger trigger, RuntimeException unfit) {
    return switch (unfit) {
      case Fault fault -> told(fault.title(), fault.detail());
      case AccessRefused refused -> told(refused.fault(), refused.remedy());
      case ModelRefused refused -> told(trigger, Fault.of(refused));
      case EntriesRefused refused -> told(trigger, Fault.of(refused));
      default -> {
        LOG.log(
            System.Logger.Level.ERROR,
            "a run of trigger " + trigger.id() + " was not ordered",
            unfit);
        yield "it cannot be ordered: " + unfit.getMessage();
      }
    };
  }

  private static String told(String fault, String remedy) {
    return remedy.isEmpty() ? fault : fault + "; " + remedy;
  }
}
