package dev.lockstep.server;

import dev.lockstep.engine.Engine;
import dev.lockstep.engine.StoredEngine;
import dev.lockstep.engine.StoredEngine.KnownSystem;
import dev.lockstep.engine.limit.LimitSpec;
import dev.lockstep.hub.HubConnection;
import dev.lockstep.server.config.Configuration;
import dev.lockstep.store.SqliteStore;
import dev.lockstep.store.Store;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * What the store of a configuration holds, read without running anything: no lock is taken, nothing
 * is brought to a new version, no system is called. Works beside a process that owns the store.
 * Thread-safe.
 */
public final class StoredLockstep implements AutoCloseable {
  private final Store store;
  private final StoredEngine engine;

  private StoredLockstep(Store store, StoredEngine engine) {
    this.store = store;
    this.engine = engine;
  }

  /**
   * @throws dev.lockstep.store.StoreException when there is no store yet, it is damaged, or another
   *     version of Lockstep wrote it; it tells what to do
   */
  public static StoredLockstep open(Configuration configuration, InstantSource clock) {
    Store store = SqliteStore.inspect(OpenLockstep.store(configuration), Engine.migrations());
    return new StoredLockstep(
        store, new StoredEngine(store, systems(configuration), configuration.syncs(), clock));
  }

  private static List<KnownSystem> systems(Configuration configuration) {
    List<KnownSystem> systems = new ArrayList<>();
    if (configuration.hub().isPresent()) {
      systems.add(new KnownSystem(HubConnection.SYSTEM, HubConnection.SYSTEM, LimitSpec.NONE));
    }
    configuration
        .systems()
        .forEach(system ->
            systems.add(
                new KnownSystem(system.name(), system.connector().spec().name(), system.limits())));
    return systems;
  }

  public StoredEngine engine() {
    return engine;
  }

  @Override
  public void close() {
    store.close();
  }
}
