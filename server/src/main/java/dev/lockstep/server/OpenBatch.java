package dev.lockstep.server;

import dev.lockstep.engine.schedule.Schedules;
import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.access.AccessControl;
import dev.lockstep.hub.batch.Asker;
import dev.lockstep.hub.batch.BatchTasks;
import dev.lockstep.hub.batch.ItemHandlers;
import dev.lockstep.hub.batch.ObjectEntries;
import dev.lockstep.hub.batch.document.DocumentFamily;
import dev.lockstep.hub.batch.document.KeptFamily;
import dev.lockstep.hub.batch.document.SystemFamily;
import dev.lockstep.hub.batch.export.Exports;
import dev.lockstep.hub.dispatch.DispatchSettings;
import dev.lockstep.hub.dispatch.Dispatches;
import dev.lockstep.hub.dispatch.Syncs;
import dev.lockstep.hub.file.FileEntries;
import dev.lockstep.hub.object.Definitions;
import dev.lockstep.hub.outgoing.Destinations;
import dev.lockstep.server.config.ConfiguredHub;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Opens the tasks of a hub, which know the same items on their way in and out, and the triggers
 * that order them.
 */
final class OpenBatch {
  private static final String IMPORTS = "imports";
  private static final String EXPORTS = "exports";

  private final Definitions definitions;
  private final ItemHandlers handlers;
  private final Asker.Accesses accesses;
  private final Destinations destinations;
  private final Path data;
  private final ConfiguredHub.Batch bounds;
  private final InstantSource clock;
  private final AtomicReference<Exports> exports = new AtomicReference<>();
  private final Dispatches dispatches;

  OpenBatch(
      Definitions definitions,
      FileEntries files,
      Optional<AccessControl> access,
      Destinations destinations,
      Syncs syncs,
      Path data,
      ConfiguredHub.Batch bounds,
      InstantSource clock) {
    this.definitions = definitions;
    this.accesses =
        (principal, author) ->
            access
                .map(control -> control.of(principal, author))
                .orElseGet(() -> Access.unlimited(author));
    this.dispatches =
        new Dispatches(
            definitions,
            (cron, zone) -> Schedules.quartz(cron, zone)::next,
            syncs,
            // Exports know triggers as items, and triggers order exports.
            () -> Objects.requireNonNull(exports.get(), "opened before anything is started"),
            accesses,
            clock,
            DispatchSettings.DEFAULT);
    ObjectEntries entries = new ObjectEntries(definitions, files);
    this.handlers =
        new ItemHandlers(
            List.of(
                entries,
                new SystemFamily(definitions, entries),
                new DocumentFamily(definitions),
                dispatches.family(),
                new KeptFamily(definitions.hub())));
    this.destinations = destinations;
    this.data = data;
    this.bounds = bounds;
    this.clock = clock;
  }

  Dispatches dispatches() {
    return dispatches;
  }

  BatchTasks tasks() throws InterruptedException {
    return BatchTasks.open(
        definitions.hub(),
        handlers,
        data.resolve(IMPORTS),
        destinations,
        accesses,
        clock,
        bounds.imports());
  }

  Exports exports() throws InterruptedException {
    Exports opened =
        Exports.open(
            definitions.hub(),
            handlers,
            data.resolve(EXPORTS),
            destinations,
            accesses,
            clock,
            bounds.exports());
    exports.set(opened);
    return opened;
  }
}
