package dev.lockstep.hub.batch.document;

import dev.lockstep.connector.Problem;
import dev.lockstep.hub.access.AccessRefused;
import dev.lockstep.hub.batch.Checkpoint;
import dev.lockstep.hub.batch.ExportCursor;
import dev.lockstep.hub.batch.ExportParameters;
import dev.lockstep.hub.batch.ImportParameters;
import dev.lockstep.hub.batch.ImportParameters.CreateStrategy;
import dev.lockstep.hub.batch.ImportParameters.UpdateStrategy;
import dev.lockstep.hub.batch.ItemHandler;
import dev.lockstep.hub.batch.ItemOutcome;
import dev.lockstep.hub.batch.ItemOutcome.Effect;
import dev.lockstep.hub.batch.Operation;
import dev.lockstep.hub.batch.format.Item;
import dev.lockstep.hub.object.Definitions;
import dev.lockstep.hub.object.ModelRefused;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * Items that are documents of the hub's model. Each is one change of the model, and its outcome is
 * noted in the same transaction.
 *
 * @param shelf where the items of a task, by its parameters, belong
 */
record DocumentHandler(Definitions definitions, Function<Parent, Shelf> shelf)
    implements ItemHandler {

  /** The definition to which parts belong, where the task names one by its code. */
  record Parent(Optional<String> code) {
    static Parent of(Function<String, Optional<String>> parameters) {
      return new Parent(
          parameters
              .apply("batchExternalReferenceCode")
              .or(() -> parameters.apply("externalReferenceCode"))
              .filter(it -> !it.isEmpty()));
    }
  }

  @Override
  public int most() {
    return 1;
  }

  @Override
  public List<ItemOutcome> write(
      List<Item.Read> items, ImportParameters parameters, Checkpoint checkpoint) {
    return List.of(
        outcome(
            items.getFirst().value().deepCopy(),
            parameters,
            shelf.apply(Parent.of(parameters::get)),
            checkpoint));
  }

  private ItemOutcome outcome(
      ObjectNode item, ImportParameters parameters, Shelf shelf, Checkpoint checkpoint) {
    try {
      return new ItemOutcome.Done(done(item, parameters, shelf, checkpoint));
    } catch (ItemRefused refused) {
      return refused.waits()
          ? new ItemOutcome.Waiting(String.valueOf(refused.getMessage()))
          : new ItemOutcome.Failed(String.valueOf(refused.getMessage()));
    } catch (AccessRefused refused) {
      return new ItemOutcome.Failed(refused.fault() + "; " + refused.remedy());
    } catch (ModelRefused refused) {
      String told =
          refused.problems().stream().map(Problem::toString).collect(Collectors.joining("; "));
      return refused.problems().stream().allMatch(DocumentHandler::refers)
          ? new ItemOutcome.Waiting(told)
          : new ItemOutcome.Failed(told);
    }
  }

  /** Whether something is missing that may follow. */
  private static boolean refers(Problem problem) {
    return problem.setting().contains("ExternalReferenceCode");
  }

  private Effect done(
      ObjectNode item, ImportParameters parameters, Shelf shelf, Checkpoint checkpoint) {
    // The links that every answer has, and that exports carry along.
    item.remove("actions");
    Optional<ObjectNode> present = present(item, parameters.operation(), shelf);
    Shelf.Wish wish =
        parameters.operation() == Operation.DELETE ? Shelf.Wish.DELETE : Shelf.Wish.WRITE;
    shelf.demand(parameters.access(), wish, present);
    Effect effect = effect(parameters, present);
    Runnable change = () -> change(item, parameters, shelf, present, effect);
    try {
      definitions.noting(
          tx -> {
            if (parameters.dryRun()) {
              throw new DryRun();
            }
            checkpoint.note(tx, List.of(new ItemOutcome.Done(effect)));
          },
          change);
    } catch (DryRun undone) {
      return effect;
    }
    return effect;
  }

  private static Effect effect(ImportParameters parameters, Optional<ObjectNode> present) {
    return switch (parameters.operation()) {
      case DELETE -> Effect.DELETED;
      case UPDATE -> Effect.UPDATED;
      case CREATE -> {
        if (present.isPresent() && parameters.createStrategy() == CreateStrategy.INSERT) {
          throw new ItemRefused(
              "there is one already with the external reference code "
                  + present.get().path("externalReferenceCode").asString(""),
              "send createStrategy=UPSERT to change it");
        }
        yield present.isPresent() ? Effect.UPDATED : Effect.CREATED;
      }
    };
  }

  private static void change(
      ObjectNode item,
      ImportParameters parameters,
      Shelf shelf,
      Optional<ObjectNode> present,
      Effect effect) {
    if (effect == Effect.CREATED) {
      shelf.create(item);
    } else if (effect == Effect.DELETED) {
      shelf.delete(present.orElseThrow());
    } else {
      shelf.change(
          present.orElseThrow(), item, parameters.updateStrategy() == UpdateStrategy.UPDATE);
    }
  }

  /** What the item means, which for all but a creation must be there. */
  private static Optional<ObjectNode> present(ObjectNode item, Operation operation, Shelf shelf) {
    String code = item.path("externalReferenceCode").asString("");
    Optional<ObjectNode> present = code.isEmpty() ? Optional.empty() : shelf.coded(code);
    if (present.isEmpty()) {
      present = shelf.like(item);
    }
    if (operation == Operation.CREATE) {
      return present;
    }
    long id = item.path("id").longValue(0);
    Optional<ObjectNode> found = id == 0 ? Optional.empty() : shelf.numbered(id);
    if (found.isEmpty()) {
      found = present;
    }
    if (found.isEmpty()) {
      throw new ItemRefused(
          "there is none with the id " + id + " or the external reference code '" + code + "'",
          "send one that is there, or create it");
    }
    return found;
  }

  /** Undoes a change that is only tried. */
  private static final class DryRun extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DryRun() {
      super(null, null, false, false);
    }
  }

  @Override
  public ExportCursor export(ExportParameters parameters, String after)
      throws InterruptedException {
    Shelf from = shelf.apply(Parent.of(parameters::get));
    return new DocumentCursor(
        from.all().stream().filter(it -> seen(from, parameters, it)).toList(), after);
  }

  private static boolean seen(Shelf shelf, ExportParameters parameters, ObjectNode document) {
    try {
      shelf.demand(parameters.access(), Shelf.Wish.SEE, Optional.of(document));
      return true;
    } catch (AccessRefused unseen) {
      return false;
    }
  }
}
