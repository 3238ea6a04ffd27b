package dev.lockstep.hub;

import dev.lockstep.connector.BulkReader;
import dev.lockstep.connector.ChangeReader;
import dev.lockstep.connector.Connection;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Limits;
import dev.lockstep.connector.Lookup;
import dev.lockstep.connector.Problem;
import dev.lockstep.connector.Writer;
import java.util.List;
import java.util.Optional;

/**
 * The hub as a system: built in, always there, under the name {@link #SYSTEM}. Every object is a
 * dataset whose key is the external reference code. Its rows carry {@code id}, {@code dateCreated}
 * and {@code dateModified} after the dataset's fields; they are no fields to be written, and what
 * is sent under their names is read past.
 */
public final class HubConnection implements Connection {
  /** The system's name in syncs: {@code hub.distributors}. */
  public static final String SYSTEM = "hub";

  private static final int BATCH_ROWS = 1000;

  private final HubAccess access;
  private final HubBulkReader bulkReader;
  private final HubChangeReader changeReader;
  private final HubWriter writer;
  private final HubLookup lookup;
  private volatile boolean closed;

  /**
   * A connection to a hub of this process; closing it leaves the hub open.
   *
   * @param origin the mark of what is written through this connection
   */
  public HubConnection(Hub hub, String origin) {
    this.access = new HubAccess(hub);
    this.bulkReader = new HubBulkReader(access);
    this.changeReader = new HubChangeReader(access);
    this.writer = new HubWriter(access, origin);
    this.lookup = new HubLookup(access);
  }

  @Override
  public List<Problem> check() {
    open();
    return List.of();
  }

  @Override
  public List<Dataset> discover() {
    return open().tables().values().stream().map(ObjectTable::dataset).toList();
  }

  @Override
  public Optional<Dataset> describe(DatasetId id) {
    return Optional.ofNullable(open().tables().get(id.name())).map(ObjectTable::dataset);
  }

  @Override
  public Limits limits(DatasetId dataset) {
    return Limits.batches(BATCH_ROWS);
  }

  @Override
  public Optional<BulkReader> bulkReader() {
    return Optional.of(bulkReader);
  }

  @Override
  public Optional<ChangeReader> changeReader() {
    return Optional.of(changeReader);
  }

  @Override
  public Optional<Writer> writer() {
    return Optional.of(writer);
  }

  @Override
  public Optional<Lookup> lookup() {
    return Optional.of(lookup);
  }

  private Hub open() {
    if (closed) {
      throw new IllegalStateException("the connection to the hub was closed");
    }
    return access.hub();
  }

  /** The hub itself belongs to who opened it. */
  @Override
  public void close() {
    closed = true;
  }
}
