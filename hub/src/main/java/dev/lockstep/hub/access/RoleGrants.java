package dev.lockstep.hub.access;

import java.util.Map;
import java.util.Set;

/**
 * What the configuration grants a role.
 *
 * @param entries rights on all entries of an object, by the object's name in addresses; {@code *}
 *     for every object
 * @param definitions rights on all definitions
 * @param picklists rights on all picklists
 * @param server what the role may do with this server itself
 */
public record RoleGrants(
    Map<String, Set<Right>> entries, Set<Right> definitions, Set<Right> picklists, Server server) {
  public static final RoleGrants NONE = new RoleGrants(Map.of(), Set.of(), Set.of(), Server.NONE);

  public RoleGrants {
    entries = Map.copyOf(entries);
    definitions = Set.copyOf(definitions);
    picklists = Set.copyOf(picklists);
  }

  /** What can be done with syncs, letters, deliveries and pages. */
  public enum Server {
    NONE,
    /** Look at everything, records within letters and deliveries included. */
    READ,
    /** Also run, replay and discard. */
    WRITE
  }

  Set<Right> on(String object) {
    return entries.getOrDefault(object, entries.getOrDefault("*", Set.of()));
  }
}
