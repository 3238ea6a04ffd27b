package dev.lockstep.server;

import dev.lockstep.connector.Problem;
import dev.lockstep.hub.ObjectDefinition;
import dev.lockstep.hub.module.Declared;
import dev.lockstep.hub.module.Modules;
import dev.lockstep.hub.object.Definitions;
import dev.lockstep.server.config.ConfigProblem;
import dev.lockstep.server.config.Configuration;
import dev.lockstep.server.config.ConfiguredHub;
import dev.lockstep.store.Store;
import dev.lockstep.store.StoreException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Holds a configuration's modules against what was deployed on its store before. */
final class CheckModules {
  private CheckModules() {}

  static List<Problem> check(Configuration configuration, Store store, InstantSource clock)
      throws InterruptedException {
    Optional<ConfiguredHub> hub = configuration.hub();
    List<ObjectDefinition> published =
        hub.filter(ConfiguredHub::definitions).isPresent()
            ? Definitions.published(store)
            : List.of();
    return Modules.check(
        store,
        hub.map(ConfiguredHub::declared).orElse(new Declared(List.of(), List.of(), false)),
        published,
        clock);
  }

  /**
   * The same beside a process that owns the store. Nothing where there is no store yet, or none of
   * this version: whoever opens it will tell.
   */
  static List<ConfigProblem> beside(Configuration configuration, InstantSource clock)
      throws InterruptedException {
    try (Store store = OpenStore.toInspect(configuration, OpenLockstep.migrations(configuration))) {
      return check(configuration, store, clock).stream()
          .map(problem ->
              configuration.problem(problem.setting(), problem.message(), problem.remedy()))
          .toList();
    } catch (StoreException notYet) {
      return List.of();
    }
  }
}
