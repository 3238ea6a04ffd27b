package dev.lockstep.server.config;

import dev.lockstep.hub.ObjectDefinition;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The hub as far as it could be read.
 *
 * @param objects every object by name, empty where its definition is not sound
 * @param complete false when there may be more: the file broke off within it, or objects are also
 *     defined while it runs
 * @param hub the hub itself, if it is sound
 */
record HubDraft(
    SequencedMap<String, Optional<ObjectDefinition>> objects,
    boolean complete,
    Optional<ConfiguredHub> hub) {
  HubDraft {
    objects = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(objects));
  }
}
