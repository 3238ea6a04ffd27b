package dev.lockstep.hub.batch.document;

import dev.lockstep.hub.batch.ItemHandler;
import dev.lockstep.hub.batch.ItemHandlers;
import dev.lockstep.hub.object.Definitions;
import dev.lockstep.hub.object.PartKind;
import java.util.Optional;
import java.util.function.Function;

/** The class names of Liferay's that are documents of the hub's model. */
public record DocumentFamily(Definitions definitions) implements ItemHandlers.Family {
  private static final String ADMIN = "com.liferay.object.admin.rest.dto.v1_0.";

  @Override
  public Optional<ItemHandler> find(String className, String delegate) {
    return switch (className) {
      case ADMIN + "ObjectDefinition" -> of(_ -> new DefinitionShelf(definitions));
      case ADMIN + "ObjectFolder" -> of(_ -> DocumentShelf.folders(definitions));
      case "com.liferay.headless.admin.list.type.dto.v1_0.ListTypeDefinition" ->
          of(_ -> DocumentShelf.picklists(definitions));
      case "com.liferay.notification.rest.dto.v1_0.NotificationTemplate" ->
          of(_ -> DocumentShelf.templates(definitions));
      default -> part(className);
    };
  }

  private Optional<ItemHandler> part(String className) {
    for (PartKind kind : PartKind.values()) {
      if (className.equals(ADMIN + kind.label())) {
        return of(parent -> new PartShelf(definitions, kind, parent.code()));
      }
    }
    return Optional.empty();
  }

  private Optional<ItemHandler> of(Function<DocumentHandler.Parent, Shelf> shelf) {
    return Optional.of(new DocumentHandler(definitions, shelf));
  }
}
