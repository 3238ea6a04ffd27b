package dev.lockstep.server.config;

import dev.lockstep.engine.sync.SyncSpec;
import dev.lockstep.store.PostgresPlace;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A {@code lockstep.yaml} in which nothing was found wrong. Immutable. */
public final class Configuration {
  private final Path file;
  private final ConfiguredServer server;
  private final Optional<ConfiguredSecurity> security;
  private final Optional<PostgresPlace> store;
  private final Optional<ConfiguredHub> hub;
  private final List<ConfiguredSystem> systems;
  private final ReadSyncs.Read syncs;
  private final Source source;

  /** The file's nodes, to find places in, and the problems' words, to hide secrets in. */
  record Source(Node root, Problems problems) {}

  Configuration(
      Path file,
      ConfiguredServer server,
      Optional<ConfiguredSecurity> security,
      Optional<PostgresPlace> store,
      Optional<ConfiguredHub> hub,
      List<ConfiguredSystem> systems,
      ReadSyncs.Read syncs,
      Source source) {
    this.file = file;
    this.server = server;
    this.security = security;
    this.store = store;
    this.hub = hub;
    this.systems = List.copyOf(systems);
    this.syncs = syncs;
    this.source = source;
  }

  /** The file it was read from, absolute. */
  public Path file() {
    return file;
  }

  /** The folder against which relative paths are resolved. */
  public Path directory() {
    return file.resolveSibling("").toAbsolutePath();
  }

  public ConfiguredServer server() {
    return server;
  }

  /** Empty when the file has no {@code security}: whoever reaches the server may do everything. */
  public Optional<ConfiguredSecurity> security() {
    return security;
  }

  /** The store; empty for the file in the data folder. */
  public Optional<PostgresPlace> store() {
    return store;
  }

  /** Empty when the file has no {@code hub}. */
  public Optional<ConfiguredHub> hub() {
    return hub;
  }

  /** In the file's order, without the hub. */
  public List<ConfiguredSystem> systems() {
    return systems;
  }

  /** The syncs of one dataset, in the file's order. */
  public List<SyncSpec> syncs() {
    return List.copyOf(syncs.single());
  }

  /** The syncs of whole schemas, in the file's order; which tables they have, the source knows. */
  public List<SyncGroup> groups() {
    return List.copyOf(syncs.groups());
  }

  /**
   * Words what a running check found with its place in the file: the deepest key there is on the
   * path. Secrets of this configuration are taken out of the words.
   *
   * @param path such as {@code systems.crm.url}; empty for the file as a whole
   */
  public ConfigProblem problem(String path, String fault, String remedy) {
    return source.problems().problem(Locate.in(Where.FILE, source.root(), path), fault, remedy);
  }
}
