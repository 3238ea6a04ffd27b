package dev.lockstep.hub.filter;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The fields of an object that a list may be asked by, as its owner shows them. */
public interface Fields {

  /**
   * The field at a path: {@code [name]}, or {@code [relationship, name]} for a field of a related
   * object. Empty for what is no field, a relationship by itself included.
   */
  Optional<FilterField> find(List<String> path);

  /**
   * The names that may stand after these, fields and relationships: those of the object itself for
   * an empty list, none after a field. Used to say what to write instead.
   */
  Collection<String> names(List<String> parents);
}
