package dev.lockstep.server;

import dev.lockstep.connector.Connection;
import dev.lockstep.engine.StoredEngine;
import dev.lockstep.engine.StoredEngine.KnownSystem;
import dev.lockstep.engine.Trace;
import dev.lockstep.engine.limit.LimitSpec;
import dev.lockstep.engine.sync.SyncSpec;
import dev.lockstep.hub.HubConnection;
import dev.lockstep.hub.action.ObjectActions;
import dev.lockstep.hub.object.Definitions;
import dev.lockstep.server.config.Configuration;
import dev.lockstep.server.config.ConfiguredHub;
import dev.lockstep.server.deploy.Deployments;
import dev.lockstep.store.Store;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the store of a configuration holds, read without running anything: no lock is taken, nothing
 * is brought to a new version. Works beside a process that owns the store. Thread-safe.
 */
public final class StoredLockstep implements AutoCloseable {
  private final Configuration configuration;
  private final InstantSource clock;
  private final Store store;
  private final StoredEngine engine;

  private StoredLockstep(
      Configuration configuration, InstantSource clock, Store store, List<SyncSpec> syncs) {
    this.configuration = configuration;
    this.clock = clock;
    this.store = store;
    this.engine = new StoredEngine(store, systems(configuration, syncs), syncs, clock);
  }

  /**
   * Opens the store to be read; calls no system.
   *
   * @throws dev.lockstep.store.StoreException when there is no store yet, it is damaged, or another
   *     version of Lockstep wrote it; it tells what to do
   */
  public static StoredLockstep open(Configuration configuration, InstantSource clock)
      throws InterruptedException {
    Store store = OpenStore.toInspect(configuration, OpenLockstep.migrations(configuration));
    boolean opened = false;
    try {
      List<SyncSpec> syncs = new ArrayList<>(ExpandGroups.remembered(configuration, store));
      if (hasActions(configuration, store)) {
        syncs.add(ActionSync.SPEC);
      }
      StoredLockstep stored = new StoredLockstep(configuration, clock, store, syncs);
      opened = true;
      return stored;
    } finally {
      if (!opened) {
        store.close();
      }
    }
  }

  private static boolean hasActions(Configuration configuration, Store store)
      throws InterruptedException {
    return configuration.hub().filter(ConfiguredHub::definitions).isPresent()
        && Definitions.hasActions(store);
  }

  private static List<KnownSystem> systems(Configuration configuration, List<SyncSpec> syncs) {
    List<KnownSystem> systems = new ArrayList<>();
    if (configuration.hub().isPresent()) {
      systems.add(new KnownSystem(HubConnection.SYSTEM, HubConnection.SYSTEM, LimitSpec.NONE));
    }
    if (syncs.contains(ActionSync.SPEC)) {
      systems.add(new KnownSystem(ObjectActions.NAME, ObjectActions.NAME, LimitSpec.NONE));
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

  /**
   * The way of one record, as {@link StoredEngine#trace} tells it, with connections to the sync's
   * two systems that are opened for it.
   */
  public Trace trace(String sync, String key) throws InterruptedException {
    try (Connections opened = new Connections()) {
      return engine.trace(sync, key, opened::to);
    }
  }

  /** Client extensions; none where the configuration takes none. */
  public Deployments.Listed deployments(boolean all, int limit) throws InterruptedException {
    return configuration.hub().filter(ConfiguredHub::definitions).isEmpty()
        ? new Deployments.Listed(List.of(), List.of())
        : store.read(tx -> Deployments.listed(tx, all, limit));
  }

  /** The connections opened for one question; used by one thread. */
  private final class Connections implements AutoCloseable {
    private final Map<String, Connection> bySystem = new HashMap<>();

    Connection to(String system) throws InterruptedException {
      Connection known = bySystem.get(system);
      if (known == null) {
        known = ConnectSystem.toRead(configuration, store, clock, system);
        bySystem.put(system, known);
      }
      return known;
    }

    @Override
    public void close() {
      bySystem.values().forEach(Connection::close);
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
