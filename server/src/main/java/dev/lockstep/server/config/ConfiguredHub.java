package dev.lockstep.server.config;

import dev.lockstep.hub.ObjectDefinition;
import java.time.Duration;
import java.util.List;

/**
 * The hub as the user declared it.
 *
 * @param definitions whether objects are also defined over the API while it runs
 * @param localNetwork whether actions may call this machine and its local networks
 * @param retention how long a change is kept at least
 */
public record ConfiguredHub(
    List<ObjectDefinition> objects, boolean definitions, boolean localNetwork, Duration retention) {
  public ConfiguredHub {
    objects = List.copyOf(objects);
  }
}
