package dev.lockstep.hub.access;

import dev.lockstep.hub.Author;
import dev.lockstep.hub.Hub;
import dev.lockstep.hub.object.Definition;
import dev.lockstep.hub.object.Definitions;
import dev.lockstep.store.Migration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What roles are granted: by the configuration, and by the permissions of definitions, of objects
 * and of entries. Thread-safe.
 */
public final class AccessControl {
  private final Hub hub;
  private final Optional<Definitions> definitions;
  private final Map<String, RoleGrants> roles;
  private final List<String> names;
  private final Grants grants;

  private AccessControl(
      Hub hub,
      Optional<Definitions> definitions,
      Map<String, RoleGrants> roles,
      List<String> names,
      Grants grants) {
    this.hub = hub;
    this.definitions = definitions;
    this.roles = roles;
    this.names = names;
    this.grants = grants;
  }

  /** The tables that a store needs for it. */
  public static Migration migration() {
    return Grants.migration();
  }

  /**
   * Opens it on a hub whose store has its tables.
   *
   * @param roles what the configuration grants
   * @param names every role that can be granted something
   */
  public static AccessControl open(
      Hub hub, Optional<Definitions> definitions, Map<String, RoleGrants> roles, List<String> names)
      throws InterruptedException {
    return new AccessControl(
        hub, definitions, Map.copyOf(roles), List.copyOf(names), Grants.open(hub));
  }

  /** What someone may do, whose changes are made by the author's hand. */
  public Access of(Principal principal, Author author) {
    return new Access(principal, author, Optional.of(this));
  }

  Hub hub() {
    return hub;
  }

  Grants grants() {
    return grants;
  }

  List<String> names() {
    return names;
  }

  /** The definition of an object; empty for one of the configuration. */
  Optional<Definition> definition(String object) {
    return definitions.flatMap(it -> it.model().byPath(object));
  }

  RoleGrants granted(String role) {
    return roles.getOrDefault(role, RoleGrants.NONE);
  }

  /** What an entry's owner may do with it, unless the entry's own permissions say otherwise. */
  Set<Right> ofOwner(String object) {
    RoleGrants said = roles.get(Principal.OWNER);
    return said == null || said.entries().isEmpty() ? Set.copyOf(Right.SINGLE) : said.on(object);
  }
}
