package dev.lockstep.server;

import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.access.AccessControl;
import dev.lockstep.hub.batch.Asker;
import dev.lockstep.hub.batch.BatchSettings;
import dev.lockstep.hub.batch.BatchTasks;
import dev.lockstep.hub.batch.ItemHandlers;
import dev.lockstep.hub.batch.ObjectEntries;
import dev.lockstep.hub.batch.document.DocumentFamily;
import dev.lockstep.hub.batch.document.KeptFamily;
import dev.lockstep.hub.batch.document.SystemFamily;
import dev.lockstep.hub.batch.export.ExportSettings;
import dev.lockstep.hub.batch.export.Exports;
import dev.lockstep.hub.file.FileEntries;
import dev.lockstep.hub.object.Definitions;
import dev.lockstep.hub.outgoing.Destinations;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Opens the tasks of a hub, which know the same items on their way in and out. */
final class OpenBatch {
  private static final String IMPORTS = "imports";
  private static final String EXPORTS = "exports";

  private final Definitions definitions;
  private final ItemHandlers handlers;
  private final Asker.Accesses accesses;
  private final Destinations destinations;
  private final Path data;
  private final InstantSource clock;

  OpenBatch(
      Definitions definitions,
      FileEntries files,
      Optional<AccessControl> access,
      Destinations destinations,
      Path data,
      InstantSource clock) {
    this.definitions = definitions;
    ObjectEntries entries = new ObjectEntries(definitions, files);
    this.handlers =
        new ItemHandlers(
            List.of(
                entries,
                new SystemFamily(definitions, entries),
                new DocumentFamily(definitions),
                new KeptFamily(definitions.hub())));
    this.accesses =
        (principal, author) ->
            access
                .map(control -> control.of(principal, author))
                .orElseGet(() -> Access.unlimited(author));
    this.destinations = destinations;
    this.data = data;
    this.clock = clock;
  }

  BatchTasks tasks() throws InterruptedException {
    return BatchTasks.open(
        definitions.hub(),
        handlers,
        data.resolve(IMPORTS),
        destinations,
        accesses,
        clock,
        BatchSettings.DEFAULT);
  }

  Exports exports() throws InterruptedException {
    return Exports.open(
        definitions.hub(),
        handlers,
        data.resolve(EXPORTS),
        destinations,
        accesses,
        clock,
        ExportSettings.DEFAULT);
  }
}
