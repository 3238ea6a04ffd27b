package dev.lockstep.hub.object;

import dev.lockstep.hub.Draft;
import dev.lockstep.hub.Edit;
import dev.lockstep.hub.Entry;
import dev.lockstep.hub.EntryRef;
import dev.lockstep.hub.EntryRules.Broken;
import dev.lockstep.hub.EntryRules.Scene;
import dev.lockstep.hub.Hub;
import dev.lockstep.hub.Match;
import dev.lockstep.hub.Rule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a definition's relationships mean when one of its entries is deleted. The whole that goes
 * with it is looked at before anything is changed, so that a refusal leaves all as it was.
 */
final class RelatedEntries {
  private final Model model;
  private final Definition definition;
  private final Map<String, String> parents = new HashMap<>();

  RelatedEntries(Model model, Definition definition) {
    this.model = model;
    this.definition = definition;
    for (DefinedRelationship each : model.relationshipsOf(definition)) {
      if (each.kind() != DefinedRelationship.Kind.MANY_TO_MANY
          && each.child().equals(definition.name())) {
        model
            .byName(each.parent())
            .filter(Definition::published)
            .ifPresent(parent -> parents.put(each.field(), parent.path()));
      }
    }
  }

  /** The name, in the hub, of the object that a field refers to. */
  Optional<String> parentBy(String field) {
    return Optional.ofNullable(parents.get(field));
  }

  List<Broken> deleting(Scene scene, Entry entry) {
    Optional<Broken> kept = keeping(scene, definition, entry, new HashSet<>());
    if (kept.isPresent()) {
      return List.of(kept.get());
    }
    for (DefinedRelationship each : references()) {
      String child = path(each.child());
      for (Entry related : related(scene, each, entry)) {
        List<Broken> refused = scene.edit(child, change(each, related));
        if (!refused.isEmpty()) {
          return refused;
        }
      }
    }
    for (DefinedRelationship each : pairsOf(definition)) {
      columns(each, definition).forEach(it -> scene.unpair(each.table(), it, entry.id()));
    }
    return List.of();
  }

  private List<DefinedRelationship> pairsOf(Definition object) {
    return model.relationshipsOf(object).stream()
        .filter(it -> it.kind() == DefinedRelationship.Kind.MANY_TO_MANY)
        .toList();
  }

  /** The columns of a table of pairs in which entries of an object stand. */
  private static List<String> columns(DefinedRelationship pairs, Definition object) {
    List<String> columns = new ArrayList<>();
    if (pairs.parent().equals(object.name())) {
      columns.add("a");
    }
    if (pairs.child().equals(object.name())) {
      columns.add("b");
    }
    return columns;
  }

  /** Why an entry must stay: pairs that prevent that it goes. */
  private Optional<Broken> paired(Scene scene, Definition object, Entry entry) {
    for (DefinedRelationship each : pairsOf(object)) {
      boolean kept =
          each.deletion() == DefinedRelationship.Deletion.PREVENT
              && columns(each, object).stream()
                  .anyMatch(it -> scene.holds(each.table(), it, entry.id()));
      if (kept) {
        return Optional.of(
            new Broken(
                Rule.REFERRED,
                each.name(),
                "is kept by the entries it is related to",
                "take those relations from it first"));
      }
    }
    return Optional.empty();
  }

  private static Edit change(DefinedRelationship relationship, Entry related) {
    EntryRef ref = new EntryRef.Id(related.id());
    return relationship.deletion() == DefinedRelationship.Deletion.CASCADE
        ? new Edit.Delete(ref, Match.ANY)
        : new Edit.Patch(
            ref, new Draft(null, Collections.singletonMap(relationship.field(), null)), Match.ANY);
  }

  /** Why an entry must stay, or one of those that would go with it. */
  private Optional<Broken> keeping(Scene scene, Definition object, Entry entry, Set<Long> going) {
    if (!going.add(entry.id())) {
      return Optional.empty();
    }
    if (going.size() + scene.changed() > Hub.MOST_EDITS) {
      return Optional.of(
          new Broken(
              Rule.TOO_MANY,
              "",
              "more than " + Hub.MOST_EDITS + " entries would go with it",
              "delete the related entries first, some at a time"));
    }
    Optional<Broken> paired = paired(scene, object, entry);
    if (paired.isPresent()) {
      return paired;
    }
    for (DefinedRelationship each : referencesOf(object)) {
      List<Entry> found = related(scene, each, entry);
      if (found.isEmpty()) {
        continue;
      }
      switch (each.deletion()) {
        case PREVENT -> {
          if (found.stream().anyMatch(it -> !going.contains(it.id()))) {
            return Optional.of(
                new Broken(
                    Rule.REFERRED,
                    each.name(),
                    "is kept by entry '"
                        + found.getFirst().externalReferenceCode()
                        + "' of "
                        + each.child(),
                    "delete that entry first, or take the relation from it"));
          }
        }
        case DISASSOCIATE -> {}
        case CASCADE -> {
          Definition child = model.byName(each.child()).orElseThrow();
          for (Entry one : found) {
            Optional<Broken> kept = keeping(scene, child, one, going);
            if (kept.isPresent()) {
              return kept;
            }
          }
        }
      }
    }
    return Optional.empty();
  }

  private List<DefinedRelationship> references() {
    return referencesOf(definition);
  }

  private List<DefinedRelationship> referencesOf(Definition parent) {
    return parent.relationships().stream()
        .filter(it -> it.kind() != DefinedRelationship.Kind.MANY_TO_MANY)
        .filter(it -> model.byName(it.child()).filter(Definition::published).isPresent())
        .toList();
  }

  private List<Entry> related(Scene scene, DefinedRelationship relationship, Entry entry) {
    return scene.having(
        path(relationship.child()), relationship.field(), entry.id(), Hub.MOST_EDITS + 1);
  }

  private String path(String object) {
    return model.byName(object).orElseThrow().path();
  }
}
