package dev.lockstep.hub.liferay;

import dev.lockstep.hub.object.BusinessType;
import dev.lockstep.hub.object.DefinedField;
import dev.lockstep.hub.object.DefinedRelationship;
import dev.lockstep.hub.object.Definition;
import dev.lockstep.hub.object.Model;
import dev.lockstep.hub.object.Picklist;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the entries of one definition look like to callers, read from the model once. */
final class EntryShape {
  private final Definition definition;
  private final List<Column> columns;
  private final Map<String, Column> byName = new HashMap<>();
  private final Map<String, Way> ways = new LinkedHashMap<>();

  /**
   * A field of entries.
   *
   * @param picklist where its values come from
   * @param parent the relationship by which it names its parent
   */
  record Column(
      String name,
      BusinessType type,
      DefinedField field,
      @Nullable Picklist picklist,
      @Nullable DefinedRelationship parent) {}

  /**
   * A relationship as it is seen from here.
   *
   * @param other the object on its other side
   * @param toParent whether the other side is the one parent
   */
  record Way(DefinedRelationship relationship, Definition other, boolean toParent) {
    boolean isToMany() {
      return !toParent && relationship.kind() != DefinedRelationship.Kind.ONE_TO_ONE;
    }

    boolean isOfPairs() {
      return relationship.kind() == DefinedRelationship.Kind.MANY_TO_MANY;
    }

    /** The column of {@link DefinedRelationship#table} that has the ids of this side. */
    String here(Definition from) {
      return relationship.parent().equals(from.name()) ? "a" : "b";
    }
  }

  EntryShape(Model model, Definition definition) {
    this.definition = definition;
    List<Column> all = new ArrayList<>();
    for (DefinedRelationship each : model.relationshipsOf(definition)) {
      way(model, each);
    }
    for (DefinedField field : definition.ownFields()) {
      Column column =
          new Column(
              field.name(),
              field.businessType(),
              field,
              field.businessType().hasPicklist()
                  ? model.picklist(field.picklist()).orElse(null)
                  : null,
              parent(model, field));
      all.add(column);
      byName.put(field.name(), column);
    }
    this.columns = List.copyOf(all);
  }

  private void way(Model model, DefinedRelationship relationship) {
    boolean first = relationship.parent().equals(definition.name());
    Optional<Definition> other = model.byName(first ? relationship.child() : relationship.parent());
    other
        .filter(Definition::published)
        .ifPresent(it ->
            ways.put(
                relationship.name(),
                new Way(
                    relationship,
                    it,
                    !first && relationship.kind() != DefinedRelationship.Kind.MANY_TO_MANY)));
  }

  private @Nullable DefinedRelationship parent(Model model, DefinedField field) {
    return model.relationshipsOf(definition).stream()
        .filter(it ->
            it.child().equals(definition.name())
                && it.kind() != DefinedRelationship.Kind.MANY_TO_MANY
                && it.field().equals(field.name()))
        .findFirst()
        .orElse(null);
  }

  Definition definition() {
    return definition;
  }

  /** The name in the hub. */
  String object() {
    return definition.path();
  }

  List<Column> columns() {
    return columns;
  }

  Optional<Column> column(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** The column that names its parent by this property, which ends in ERC. */
  Optional<Column> byParentCode(String property) {
    return columns.stream()
        .filter(it -> it.parent() != null && it.parent().codeField().equals(property))
        .findFirst();
  }

  Map<String, Way> ways() {
    return ways;
  }

  /** The code of an entry in the hub: codes are told apart by site where entries belong to one. */
  String hubCode(Optional<String> site, String code) {
    return site.map(it -> it + "/" + code).orElse(code);
  }

  /** The code as callers know it. */
  String code(String hubCode) {
    return definition.ofSites() ? hubCode.substring(hubCode.indexOf('/') + 1) : hubCode;
  }
}
