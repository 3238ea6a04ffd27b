package dev.lockstep.connectors.http;

import dev.lockstep.connector.BulkReader;
import dev.lockstep.connector.Connection;
import dev.lockstep.connector.ConnectorContext;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Limits;
import dev.lockstep.connector.Lookup;
import dev.lockstep.connector.Problem;
import dev.lockstep.connector.Writer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentSkipListMap;

/** A link to one API; its roles are those that the datasets describe. */
final class HttpConnection implements Connection {
  private final Api api;
  private final Session session;
  private final HttpBulkReader reader;
  private final HttpWriter writer;
  private final HttpLookup lookup;
  private final Map<DatasetId, Dataset> discovered = new ConcurrentSkipListMap<>();

  HttpConnection(Api api, ConnectorContext context) {
    this.api = api;
    this.session = new Session(api, context);
    this.reader = new HttpBulkReader(session);
    this.writer = new HttpWriter(session);
    this.lookup = new HttpLookup(session);
  }

  @Override
  public List<Problem> check() throws InterruptedException {
    return OnVirtualThread.run(new ReachCheck(session)::run);
  }

  /**
   * Calls each open list once for the names of its fields; {@link #describe} knows them from then
   * on.
   */
  @Override
  public List<Dataset> discover() throws InterruptedException {
    for (Resource resource : api.resources().values()) {
      Dataset found = reader.inferred(session.open(resource));
      discovered.put(found.id(), found);
    }
    return List.copyOf(discovered.values());
  }

  /** Never calls the API: a sync to a system that is down must still be able to start. */
  @Override
  public Optional<Dataset> describe(DatasetId id) {
    return Optional.ofNullable(api.resources().get(id))
        .map(session::open)
        .map(resource -> discovered.getOrDefault(id, resource.dataset()));
  }

  @Override
  public Limits limits(DatasetId dataset) {
    Resource resource = session.resource(dataset);
    int rows = resource.batch().or(resource::batchDelete).map(Bulk::rows).orElse(1);
    return new Limits(OptionalInt.of(api.concurrency()), OptionalInt.empty(), rows);
  }

  @Override
  public Optional<BulkReader> bulkReader() {
    return resources().stream().anyMatch(resource -> resource.list().isPresent())
        ? Optional.of(reader)
        : Optional.empty();
  }

  @Override
  public Optional<Writer> writer() {
    return resources().stream().anyMatch(Resource::canWrite)
        ? Optional.of(writer)
        : Optional.empty();
  }

  @Override
  public Optional<Lookup> lookup() {
    return resources().stream().anyMatch(Resource::canFind)
        ? Optional.of(lookup)
        : Optional.empty();
  }

  private Collection<Resource> resources() {
    return api.resources().values();
  }

  @Override
  public void close() {
    session.close();
  }
}
