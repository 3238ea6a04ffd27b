package dev.lockstep.hub.batch.document;

import dev.lockstep.hub.Hub;
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
import dev.lockstep.store.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Items of a class that the hub gives no meaning: kept whole, and exported as they came. Nothing is
 * lost of an archive that holds more than objects, and nothing of it passes for understood.
 */
record KeptHandler(Hub hub, String className, String delegate) implements ItemHandler {

  @Override
  public Optional<String> remark() {
    return Optional.of(
        "items of "
            + className
            + " are kept whole and exported as they came; they have no meaning here");
  }

  @Override
  public Optional<String> refusal(ImportParameters parameters) {
    try {
      parameters.access().demandAdministrator("import items of " + className);
      return Optional.empty();
    } catch (AccessRefused refused) {
      return Optional.of(refused.fault() + "; " + refused.remedy());
    }
  }

  @Override
  public List<ItemOutcome> write(
      List<Item.Read> items, ImportParameters parameters, Checkpoint checkpoint)
      throws InterruptedException {
    if (parameters.dryRun()) {
      return hub.read(tx -> outcomes(tx, items, parameters));
    }
    return hub.note(tx -> {
      List<ItemOutcome> outcomes = outcomes(tx, items, parameters);
      checkpoint.note(tx, outcomes);
      return outcomes;
    });
  }

  private List<ItemOutcome> outcomes(Tx tx, List<Item.Read> items, ImportParameters parameters) {
    KeptItems kept = new KeptItems(tx, className, delegate);
    List<ItemOutcome> outcomes = new ArrayList<>(items.size());
    for (Item.Read item : items) {
      ItemOutcome outcome = outcome(kept, item.value(), parameters);
      outcomes.add(outcome);
      if (parameters.onErrorFail() && outcome instanceof ItemOutcome.Failed) {
        break;
      }
    }
    return outcomes;
  }

  private static ItemOutcome outcome(KeptItems kept, ObjectNode item, ImportParameters parameters) {
    String code = KeptItems.code(item);
    Optional<ObjectNode> present = kept.find(code);
    if (parameters.operation() != Operation.CREATE && present.isEmpty()) {
      return new ItemOutcome.Failed("there is none of '" + code + "'; send one that is there");
    }
    if (parameters.operation() == Operation.DELETE) {
      return done(parameters, Effect.DELETED, () -> kept.remove(code));
    }
    if (present.isEmpty()) {
      return done(parameters, Effect.CREATED, () -> kept.put(code, item));
    }
    if (parameters.operation() == Operation.CREATE
        && parameters.createStrategy() == CreateStrategy.INSERT) {
      return new ItemOutcome.Failed(
          "'" + code + "' is there already; send createStrategy=UPSERT to change it");
    }
    ObjectNode next =
        parameters.updateStrategy() == UpdateStrategy.UPDATE
            ? item
            : present.get().deepCopy().setAll(item);
    // As texts: numbers of another class are the same number.
    return next.toString().equals(present.get().toString())
        ? new ItemOutcome.Done(Effect.UNCHANGED)
        : done(parameters, Effect.UPDATED, () -> kept.put(code, next));
  }

  private static ItemOutcome done(ImportParameters parameters, Effect effect, Runnable change) {
    if (!parameters.dryRun()) {
      change.run();
    }
    return new ItemOutcome.Done(effect);
  }

  @Override
  public ExportCursor export(ExportParameters parameters, String after) {
    parameters.access().demandAdministrator("export items of " + className);
    return new KeptCursor(hub, className, delegate, after);
  }
}
