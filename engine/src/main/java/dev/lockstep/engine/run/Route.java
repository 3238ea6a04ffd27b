package dev.lockstep.engine.run;

import dev.lockstep.connector.BulkReader;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.FormReader;
import dev.lockstep.connector.FormWriter;
import dev.lockstep.connector.Lookup;
import dev.lockstep.connector.Problem;
import dev.lockstep.engine.delivery.Delivery;
import dev.lockstep.engine.delivery.Precedence;
import dev.lockstep.engine.mapping.Mapper;
import dev.lockstep.engine.sync.SyncSpec;
import java.util.List;
import java.util.Optional;

/**
 * All that the records of one sync meet between source and target, as it stands while both are
 * reachable and agree with the configuration.
 *
 * @param reader reads the source in bulk, if it can be
 * @param formReader reads the source in bulk without decoding, if it can
 * @param formWriter takes in the target what such a source sends, if it can
 * @param targetReader reads the target in bulk, for a mirror
 * @param targetLookup finds records in the target, for a dry run
 * @param keysAtOnce how many keys a mirror holds in memory while it looks for what is gone
 * @param warnings what may refuse single records later
 * @param sourceNow describes the source anew
 */
public record Route(
    SyncSpec spec,
    Dataset source,
    Dataset target,
    Optional<BulkReader> reader,
    Optional<FormReader> formReader,
    Optional<FormWriter> formWriter,
    Optional<BulkReader> targetReader,
    Optional<Lookup> targetLookup,
    Mapper mapper,
    Delivery delivery,
    Precedence precedence,
    int keysAtOnce,
    List<Problem> warnings,
    SourceNow sourceNow) {
  public Route {
    warnings = List.copyOf(warnings);
  }

  /** The source's dataset as it is now. */
  public interface SourceNow {
    Optional<Dataset> describe() throws InterruptedException;
  }
}
