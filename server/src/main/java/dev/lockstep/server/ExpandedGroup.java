package dev.lockstep.server;

import dev.lockstep.connector.DatasetId;
import dev.lockstep.engine.sync.SyncSpec;
import dev.lockstep.server.config.SyncGroup;
import java.util.List;

/**
 * The sync of a whole schema with the syncs that were made of it.
 *
 * @param fresh datasets that were not there the last time, though others were
 */
record ExpandedGroup(SyncGroup group, List<SyncSpec> syncs, List<DatasetId> fresh) {
  ExpandedGroup {
    syncs = List.copyOf(syncs);
    fresh = List.copyOf(fresh);
  }
}
