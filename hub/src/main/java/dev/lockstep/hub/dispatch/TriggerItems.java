package dev.lockstep.hub.dispatch;

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
import dev.lockstep.hub.liferay.Fault;
import dev.lockstep.store.Tx;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** Items that are triggers. Each is one change, noted with its outcome in one transaction. */
record TriggerItems(Hub hub, Triggers triggers) implements ItemHandler {
  static final String CLASS_NAME = "com.liferay.dispatch.rest.dto.v1_0.DispatchTrigger";

  @Override
  public Optional<String> refusal(ImportParameters parameters) {
    try {
      parameters.access().demandAdministrator("set schedules");
      return Optional.empty();
    } catch (AccessRefused refused) {
      return Optional.of(refused.fault() + "; " + refused.remedy());
    }
  }

  @Override
  public int most() {
    return 1;
  }

  @Override
  public List<ItemOutcome> write(
      List<Item.Read> items, ImportParameters parameters, Checkpoint checkpoint)
      throws InterruptedException {
    return List.of(outcome(items.getFirst().value(), parameters, checkpoint));
  }

  private ItemOutcome outcome(ObjectNode item, ImportParameters parameters, Checkpoint checkpoint)
      throws InterruptedException {
    try {
      Optional<Trigger> present = present(item, parameters.operation());
      Effect effect = effect(parameters, present);
      ItemOutcome done = new ItemOutcome.Done(effect);
      change(item, parameters, present, effect, tx -> checkpoint.note(tx, List.of(done)));
      return done;
    } catch (Fault refused) {
      return new ItemOutcome.Failed((refused.title() + "; " + refused.detail()).strip());
    } catch (AccessRefused refused) {
      return new ItemOutcome.Failed(refused.fault() + "; " + refused.remedy());
    }
  }

  private Optional<Trigger> present(ObjectNode item, Operation operation)
      throws InterruptedException {
    String code = item.path(TriggerBody.CODE).asString("");
    Optional<Trigger> present = code.isEmpty() ? Optional.empty() : triggers.find(code);
    if (operation == Operation.CREATE) {
      return present;
    }
    long id = item.path("id").longValue(0);
    Optional<Trigger> numbered = triggers.find(id);
    if (numbered.isEmpty() && present.isEmpty()) {
      throw Fault.missing(
          "There is none with the id " + id + " or the external reference code '" + code + "'");
    }
    return numbered.isPresent() ? numbered : present;
  }

  private static Effect effect(ImportParameters parameters, Optional<Trigger> present) {
    return switch (parameters.operation()) {
      case DELETE -> Effect.DELETED;
      case UPDATE -> Effect.UPDATED;
      case CREATE -> {
        if (present.isPresent() && parameters.createStrategy() == CreateStrategy.INSERT) {
          throw Fault.bad(
              "There is one already with the external reference code " + present.get().code(),
              "send createStrategy=UPSERT to change it");
        }
        yield present.isPresent() ? Effect.UPDATED : Effect.CREATED;
      }
    };
  }

  private void change(
      ObjectNode item,
      ImportParameters parameters,
      Optional<Trigger> present,
      Effect effect,
      Consumer<Tx> also)
      throws InterruptedException {
    if (effect == Effect.DELETED) {
      if (!parameters.dryRun()) {
        triggers.delete(present.orElseThrow(), also);
      }
    } else if (present.isEmpty()) {
      Draft draft = triggers.added(item, parameters.access());
      if (!parameters.dryRun()) {
        triggers.add(draft, also);
      }
    } else {
      boolean whole = parameters.updateStrategy() == UpdateStrategy.UPDATE;
      Draft draft = triggers.changed(present.get(), item, whole, parameters.access());
      if (!parameters.dryRun()) {
        triggers.change(present.get(), draft, also);
      }
    }
  }

  @Override
  public ExportCursor export(ExportParameters parameters, String after) {
    parameters.access().demandAdministrator("see schedules");
    return new TriggerCursor(hub, after);
  }
}
