package dev.lockstep.server.config;

import dev.lockstep.connector.ConnectorSpec.Role;
import dev.lockstep.hub.ObjectDefinition;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * The systems a file declares.
 *
 * @param configured those that are sound
 * @param declared all by name, with the hub
 * @param complete false when there may be more, which could not be read
 * @param hub the hub's objects
 */
record Systems(
    List<ConfiguredSystem> configured,
    SequencedMap<String, Declared> declared,
    boolean complete,
    Optional<HubDraft> hub) {
  /** The name under which syncs name the hub. */
  static final String HUB = "hub";

  static final Set<Role> HUB_ROLES =
      EnumSet.of(Role.BULK_READ, Role.CHANGE_READ, Role.WRITE, Role.LOOKUP);

  Systems {
    configured = List.copyOf(configured);
    declared = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(declared));
  }

  /**
   * A declared system.
   *
   * @param connector its connector's name
   * @param roles what the connector can do; empty when there is no such connector
   */
  record Declared(String connector, Optional<Set<Role>> roles) {

    /** Whether it is known that the connector cannot do something. */
    boolean lacks(Role role) {
      return roles.isPresent() && !roles.get().contains(role);
    }
  }

  Optional<Declared> find(String name) {
    return Optional.ofNullable(declared.get(name));
  }

  /** The definition of one of the hub's objects, if there is a sound one. */
  Optional<ObjectDefinition> object(String name) {
    return hub.map(HubDraft::objects)
        .flatMap(objects -> objects.getOrDefault(name, Optional.empty()));
  }
}
