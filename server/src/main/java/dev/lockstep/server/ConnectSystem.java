package dev.lockstep.server;

import dev.lockstep.connector.Connection;
import dev.lockstep.connector.ConnectorContext;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Failure;
import dev.lockstep.hub.DefinitionRefused;
import dev.lockstep.hub.Hub;
import dev.lockstep.hub.HubConnection;
import dev.lockstep.hub.HubSettings;
import dev.lockstep.hub.ObjectDefinition;
import dev.lockstep.hub.action.ObjectActions;
import dev.lockstep.hub.object.Definitions;
import dev.lockstep.server.config.Configuration;
import dev.lockstep.server.config.ConfiguredHub;
import dev.lockstep.server.config.ConfiguredSystem;
import dev.lockstep.store.Store;
import dev.lockstep.store.StoreException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Opens connections to single systems. */
final class ConnectSystem {
  /** Marks nothing, because nothing is written through such a connection. */
  private static final String READER = "lockstep-reader";

  private ConnectSystem() {}

  /** A connection as a connector makes it; may throw {@link ConnectorException}. */
  static Connection to(
      ConfiguredSystem system, Configuration configuration, String origin, InstantSource clock)
      throws InterruptedException {
    // Connections are used by many threads, and of the JDK's generators Random is made for that.
    ConnectorContext context =
        new ConnectorContext(
            system.name(),
            origin,
            configuration.directory(),
            configuration.server().data().resolve("scratch"),
            clock,
            new Random(),
            System.getLogger("dev.lockstep.system." + system.name()));
    return system.connector().open(system.settings(), context);
  }

  /**
   * A connection to a system or to the hub, through which nothing may be written.
   *
   * @throws ConnectorException when it cannot be had
   */
  static Connection toRead(
      Configuration configuration, Store store, InstantSource clock, String name)
      throws InterruptedException {
    if (name.equals(HubConnection.SYSTEM) && configuration.hub().isPresent()) {
      return new HubConnection(hub(configuration.hub().get(), store, clock), READER);
    }
    if (name.equals(ObjectActions.NAME)) {
      throw new ConnectorException(
          new Failure.Permanent(
              "deliveries of actions are read from a server that runs; start it, and ask GET"
                  + " /api/v1/actions/deliveries"));
    }
    ConfiguredSystem system =
        configuration.systems().stream()
            .filter(one -> one.name().equals(name))
            .findFirst()
            .orElseThrow();
    return to(system, configuration, READER, clock);
  }

  private static Hub hub(ConfiguredHub hub, Store store, InstantSource clock)
      throws InterruptedException {
    try {
      List<ObjectDefinition> objects = new ArrayList<>(hub.objects());
      if (hub.definitions()) {
        objects.addAll(Definitions.published(store));
      }
      return Hub.inspect(store, objects, new HubSettings(clock, new Random(), hub.retention()));
    } catch (StoreException | DefinitionRefused e) {
      throw new ConnectorException(
          new Failure.Permanent(
              "the hub's objects are declared otherwise than the store has them; start Lockstep"
                  + " once, it brings them up to date"),
          e);
    }
  }
}
