package dev.lockstep.hub.object;

import dev.lockstep.hub.Author;
import dev.lockstep.hub.EntryRef;
import dev.lockstep.hub.JointEdits;
import dev.lockstep.hub.object.DefinedAction.Trigger;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Actions that somebody asks for. What is asked for stands in the log of changes, and so is carried
 * out as durably as what a change sets off, in its order among the changes of the entry.
 */
public final class StandaloneActions {
  private final Definitions definitions;

  public StandaloneActions(Definitions definitions) {
    this.definitions = definitions;
  }

  /**
   * Asks for an action to be carried out for an entry; returns when that is durable. Empty when
   * there is no such entry.
   *
   * @return the name of the delivery, under which its log tells what becomes of it
   * @throws ModelRefused when there is no such action that can be asked for
   */
  public Optional<String> ask(Definition definition, EntryRef ref, String name, Author author)
      throws InterruptedException {
    DefinedAction action = named(definition, name);
    return definitions.hub().together(author, (tx, edits) -> ask(edits, definition, ref, action));
  }

  /** The same within a transaction of the caller's, for an action that {@link #named} found. */
  public static Optional<String> ask(
      JointEdits edits, Definition definition, EntryRef ref, DefinedAction action) {
    return edits
        .find(definition.path(), ref)
        .map(it -> action.delivery(edits.signal(definition.path(), it, action.signal())));
  }

  /**
   * An action that can be asked for.
   *
   * @throws ModelRefused when there is no such one
   */
  public static DefinedAction named(Definition definition, String name) {
    List<DefinedAction> standalone =
        definition.actions().stream()
            .filter(it -> it.isCarriedOut())
            .filter(it -> it.trigger().filter(Trigger.STANDALONE::equals).isPresent())
            .toList();
    return standalone.stream()
        .filter(it -> it.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            ModelRefused.missing(
                "ObjectAction of "
                    + definition.name()
                    + " that is active and standalone exists with the name "
                    + name
                    + (standalone.isEmpty()
                        ? ""
                        : "; there are "
                            + standalone.stream()
                                .map(DefinedAction::name)
                                .collect(Collectors.joining(", ")))));
  }
}
