package dev.lockstep.hub.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** All definitions and picklists at one moment. Immutable. */
public record Model(
    List<Definition> definitions,
    List<Picklist> picklists,
    List<Folder> folders,
    List<NotificationTemplate> templates) {
  static final Model EMPTY = new Model(List.of(), List.of(), List.of(), List.of());

  public Model {
    definitions = List.copyOf(definitions);
    picklists = List.copyOf(picklists);
    folders = List.copyOf(folders);
    templates = List.copyOf(templates);
  }

  public Optional<Definition> definition(long id) {
    return first(it -> it.id() == id);
  }

  public Optional<Definition> byCode(String code) {
    return first(it -> it.code().equals(code));
  }

  public Optional<Definition> byName(String name) {
    return first(it -> it.name().equals(name));
  }

  /**
   * The definition whose entries are at an address: named by its path, or by its plural label in
   * lower case.
   */
  public Optional<Definition> byPath(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    return first(it -> it.path().equals(lower))
        .or(() ->
            first(it ->
                Documents.label(it.body(), "pluralLabel")
                    .toLowerCase(Locale.ROOT)
                    .replace(" ", "")
                    .equals(lower)));
  }

  public Optional<NotificationTemplate> template(long id) {
    return templates.stream().filter(it -> it.id() == id).findFirst();
  }

  public Optional<NotificationTemplate> template(String code) {
    return templates.stream().filter(it -> it.code().equals(code)).findFirst();
  }

  public Optional<Picklist> picklist(long id) {
    return picklists.stream().filter(it -> it.id() == id).findFirst();
  }

  public Optional<Picklist> picklist(String code) {
    return picklists.stream().filter(it -> it.code().equals(code)).findFirst();
  }

  /** The relationships between a definition and others, from either side. */
  public List<DefinedRelationship> relationshipsOf(Definition definition) {
    List<DefinedRelationship> all = new ArrayList<>();
    for (Definition each : definitions) {
      for (DefinedRelationship relationship : each.relationships()) {
        if (relationship.parent().equals(definition.name())
            || relationship.child().equals(definition.name())) {
          all.add(relationship);
        }
      }
    }
    return all;
  }

  /** Whether any action is carried out. */
  public boolean hasActions() {
    return definitions.stream()
        .filter(Definition::published)
        .flatMap(it -> it.actions().stream())
        .anyMatch(DefinedAction::isCarriedOut);
  }

  /** The action of an id. */
  public Optional<DefinedAction> action(long id) {
    return definitions.stream()
        .flatMap(it -> it.actions().stream())
        .filter(it -> it.id() == id)
        .findFirst();
  }

  private Optional<Definition> first(Predicate<Definition> wanted) {
    return definitions.stream().filter(wanted).findFirst();
  }
}
