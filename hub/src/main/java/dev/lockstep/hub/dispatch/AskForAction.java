package dev.lockstep.hub.dispatch;

import dev.lockstep.hub.EntryRef;
import dev.lockstep.hub.NearestName;
import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.access.Right;
import dev.lockstep.hub.liferay.Fault;
import dev.lockstep.hub.object.DefinedAction;
import dev.lockstep.hub.object.Definition;
import dev.lockstep.hub.object.Definitions;
import dev.lockstep.hub.object.ModelRefused;
import dev.lockstep.hub.object.StandaloneActions;
import java.util.Set;

/** Asks for a standalone action of an entry; the log of deliveries tells what becomes of it. */
record AskForAction(Definitions definitions) implements Executor {
  private static final String OBJECT = "objectDefinitionExternalReferenceCode";
  private static final String ACTION = "objectActionName";
  private static final String ENTRY = "objectEntryExternalReferenceCode";

  @Override
  public void check(Settings settings, Access access) {
    settings.allowOnly(Set.of(OBJECT, ACTION, ENTRY));
    settings.demand(ENTRY, "settings-1");
    Definition definition = definition(settings);
    access.demand(Right.UPDATE, definition.path());
    action(settings, definition);
  }

  private Definition definition(Settings settings) {
    String code = settings.demand(OBJECT, "TICKET");
    return definitions
        .model()
        .byCode(code)
        .filter(Definition::published)
        .orElseThrow(() ->
            Fault.bad(
                "There is no published object with the external reference code '" + code + "'",
                NearestName.remedy(
                    code,
                    definitions.model().definitions().stream()
                        .map(it -> it.body().path("externalReferenceCode").asString(""))
                        .toList())));
  }

  private static DefinedAction action(Settings settings, Definition definition) {
    try {
      return StandaloneActions.named(definition, settings.demand(ACTION, "remind"));
    } catch (ModelRefused none) {
      Fault told = Fault.of(none);
      throw Fault.bad(told.title(), "define that action first, or send active: false");
    }
  }

  @Override
  public Order order(Settings settings, Access access) {
    check(settings, access);
    Definition definition = definition(settings);
    DefinedAction action = action(settings, definition);
    String code = settings.demand(ENTRY, "");
    return (tx, edits, run) ->
        StandaloneActions.ask(edits, definition, new EntryRef.Code(code), action)
            .orElseThrow(() ->
                Fault.bad(
                    "There is no entry with the external reference code " + code,
                    "create it, or name another"));
  }

  @Override
  public Ended carry(Run run) {
    return new Ended("asked for, as " + run.reference() + " in the log of deliveries", "");
  }
}
