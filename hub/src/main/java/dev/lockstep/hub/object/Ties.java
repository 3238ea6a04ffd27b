package dev.lockstep.hub.object;

import java.util.List;

/** The relationships by which an entry of one object leads to entries of another. */
public final class Ties {
  private Ties() {}

  /**
   * A way from one entry to others.
   *
   * @param toParent whether it leads to the one parent; else to the children
   */
  public record Tie(DefinedRelationship relationship, boolean toParent) {}

  /** Those with one parent; first those in which the first object is the parent. */
  public static List<Tie> between(Model model, Definition from, Definition to) {
    return model.relationshipsOf(from).stream()
        .filter(it -> it.kind() != DefinedRelationship.Kind.MANY_TO_MANY)
        .filter(it -> joins(it, from, to) || joins(it, to, from))
        .map(it -> new Tie(it, !joins(it, from, to)))
        .sorted(java.util.Comparator.comparing(Tie::toParent))
        .toList();
  }

  /** Those between many and many. */
  public static List<DefinedRelationship> ofPairs(Model model, Definition from, Definition to) {
    return model.relationshipsOf(from).stream()
        .filter(it -> it.kind() == DefinedRelationship.Kind.MANY_TO_MANY)
        .filter(it -> joins(it, from, to) || joins(it, to, from))
        .toList();
  }

  private static boolean joins(DefinedRelationship it, Definition parent, Definition child) {
    return it.parent().equals(parent.name()) && it.child().equals(child.name());
  }
}
