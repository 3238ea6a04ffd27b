package dev.lockstep.hub.module;

import dev.lockstep.hub.ObjectDefinition;
import java.util.List;

/**
 * What a configuration says of modules and of the objects behind them.
 *
 * @param objects the objects that it declares itself
 * @param defines whether others are defined while it runs: a module may show what is yet to come
 */
public record Declared(List<ModuleSpec> modules, List<ObjectDefinition> objects, boolean defines) {
  public Declared {
    modules = List.copyOf(modules);
    objects = List.copyOf(objects);
  }

  boolean declares(String object) {
    return objects.stream().anyMatch(it -> it.name().equals(object));
  }
}
