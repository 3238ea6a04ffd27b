package dev.lockstep.hub.action;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import dev.lockstep.hub.Entry;
import dev.lockstep.hub.EventFan;
import dev.lockstep.hub.HubEvent;
import dev.lockstep.hub.expression.Expression;
import dev.lockstep.hub.expression.ExpressionFault;
import dev.lockstep.hub.object.ActionStates;
import dev.lockstep.hub.object.DefinedAction;
import dev.lockstep.hub.object.DefinedAction.Executor;
import dev.lockstep.hub.object.DefinedAction.Trigger;
import dev.lockstep.hub.object.Definition;
import dev.lockstep.hub.object.Definitions;
import dev.lockstep.hub.object.EntryScope;
import dev.lockstep.hub.object.Model;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the actions that each event sets off. Used by the one thread that reads the log. */
final class FindActions implements EventFan {
  private final Definitions definitions;
  private final DeliveryLog log;
  private final DatasetId dataset;
  private final Schema schema;
  private @Nullable Model known;
  private Map<String, List<Ready>> byObject = Map.of();

  FindActions(Definitions definitions, DeliveryLog log, DatasetId dataset, Schema schema) {
    this.definitions = definitions;
    this.log = log;
    this.dataset = dataset;
    this.schema = schema;
  }

  /**
   * An action that is carried out, read from its document once.
   *
   * @param since the last event before it became active
   */
  private record Ready(
      Definition definition,
      DefinedAction action,
      Trigger trigger,
      Optional<Expression> condition,
      long since) {}

  @Override
  public boolean wants(String object) throws InterruptedException {
    // Asked for after the events were read, so that no action is missed that was there before them.
    learn(definitions.settledModel());
    return byObject.containsKey(object);
  }

  @Override
  public List<Change> changes(List<HubEvent> events) throws InterruptedException {
    Model model = definitions.settledModel();
    learn(model);
    List<Change> changes = new ArrayList<>();
    List<DeliveryLog.Found> found = new ArrayList<>();
    for (HubEvent event : events) {
      for (Ready ready : byObject.getOrDefault(event.object(), List.of())) {
        if (ready.since() < event.seq() && isSetOff(ready, event)) {
          look(model, ready, event, chain(event), found, changes);
        }
      }
    }
    if (!found.isEmpty()) {
      log.add(found);
    }
    return changes;
  }

  private void look(
      Model model,
      Ready ready,
      HubEvent event,
      Chain chain,
      List<DeliveryLog.Found> found,
      List<Change> changes) {
    String fault = null;
    String body = "";
    try {
      if (!holds(ready, event)) {
        return;
      }
    } catch (ExpressionFault unfit) {
      fault = "the condition cannot be evaluated: " + unfit.problem().message();
    }
    switch (body(model, ready, event)) {
      case EntryOrder.Made.Good(String made) -> body = made;
      case EntryOrder.Made.Bad(String why) -> fault = fault == null ? why : fault;
    }
    String id = ready.action().delivery(event.id());
    String target = event.object() + " " + ready.action().target();
    found.add(
        new DeliveryLog.Found(
            id,
            ready.action().id(),
            ready.action().name(),
            target,
            event.object(),
            event.code(),
            ready.trigger().key(),
            event.at(),
            body,
            chain,
            fault));
    if (fault == null) {
      Row row = Row.of(schema, id, ready.action().id(), target, event.code(), body);
      changes.add(
          new Change.Upserted(
              dataset,
              row.key(ObjectActions.KEY),
              row,
              Optional.empty(),
              Change.Mark.at(event.at())));
    }
  }

  /** What is sent or written. */
  private static EntryOrder.Made body(Model model, Ready ready, HubEvent event) {
    Executor executor = ready.action().executor().orElseThrow();
    try {
      return switch (executor) {
        case FUNCTION, WEBHOOK ->
            new EntryOrder.Made.Good(Payload.of(model, ready.definition(), ready.trigger(), event));
        case NOTIFICATION -> MailOrder.of(model, ready.definition(), ready.action(), event);
        case ADD_ENTRY, UPDATE_ENTRY ->
            EntryOrder.of(model, ready.definition(), ready.action(), executor, event);
      };
    } catch (ExpressionFault unfit) {
      return new EntryOrder.Made.Bad("a value cannot be worked out: " + unfit.problem().message());
    }
  }

  private Chain chain(HubEvent event) throws InterruptedException {
    return event.cause() == null ? Chain.NONE : log.chainAfter(event.cause());
  }

  private static boolean isSetOff(Ready ready, HubEvent event) {
    return event.signal() == null
        ? ready.trigger() == trigger(event)
        : event.signal().equals(ready.action().signal());
  }

  private static boolean holds(Ready ready, HubEvent event) {
    if (ready.condition().isEmpty()) {
      return true;
    }
    Entry now = event.after().or(event::before).orElseThrow();
    Entry before = event.after().isPresent() ? event.before().orElse(null) : null;
    return ready.condition().get().truth(new EntryScope(before, now, event.at()));
  }

  private static Trigger trigger(HubEvent event) {
    if (event.after().isEmpty()) {
      return Trigger.DELETE;
    }
    return event.before().isEmpty() ? Trigger.ADD : Trigger.UPDATE;
  }

  // A model is replaced as a whole whenever anything in it changes.
  @SuppressWarnings("ReferenceEquality")
  private void learn(Model model) throws InterruptedException {
    if (model == known) {
      return;
    }
    Map<Long, Long> since = definitions.hub().read(ActionStates::since);
    Map<String, List<Ready>> all = new HashMap<>();
    for (Definition definition : model.definitions()) {
      if (definition.published()) {
        List<Ready> ready = new ArrayList<>();
        for (DefinedAction action : definition.actions()) {
          if (action.isCarriedOut()) {
            ready.add(
                new Ready(
                    definition,
                    action,
                    action.trigger().orElseThrow(),
                    action.condition().map(Expression::parse),
                    since.getOrDefault(action.id(), Long.MAX_VALUE)));
          }
        }
        if (!ready.isEmpty()) {
          all.put(definition.path(), ready);
        }
      }
    }
    byObject = all;
    known = model;
  }
}
