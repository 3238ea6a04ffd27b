package dev.lockstep.connectors.liferay;

import dev.lockstep.connector.BulkReader;
import dev.lockstep.connector.ChangeReader;
import dev.lockstep.connector.Connection;
import dev.lockstep.connector.ConnectorContext;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Limits;
import dev.lockstep.connector.Lookup;
import dev.lockstep.connector.Problem;
import dev.lockstep.connector.Receiver;
import dev.lockstep.connector.Writer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A link to one Liferay or Lockstep. */
final class LiferayConnection implements Connection {
  private final Remote remote;
  private final LiferaySettings settings;
  private final Catalog catalog;
  private final EntryReader reader;
  private final EntryWriter writer;
  private final EntryLookup lookup;
  private final LiferayChanges changes;

  LiferayConnection(Remote remote, LiferaySettings settings, ConnectorContext context) {
    this.remote = remote;
    this.settings = settings;
    this.catalog = new Catalog(remote);
    Recent recent = new Recent();
    this.reader = new EntryReader(remote, catalog, settings.pageSize());
    this.writer =
        new EntryWriter(remote, catalog, recent, new EntryImports(remote, settings.imports()));
    this.lookup = new EntryLookup(remote, catalog);
    this.changes = new LiferayChanges(remote, catalog, recent, settings, context);
  }

  @Override
  public List<Problem> check() throws InterruptedException {
    try {
      remote.get(Catalog.DEFINITIONS + "?pageSize=1");
      return List.of();
    } catch (ConnectorException failed) {
      return switch (failed.failure()) {
        case Failure.Misconfigured(List<Problem> problems) -> problems;
        case Failure.Transient(String message, var retryAfter) ->
            List.of(
                new Problem(
                    "url", message, "check url, the network and, for https, the certificate"));
        case Failure.Permanent(String message) ->
            List.of(new Problem("url", message, "see the message"));
        case Failure.PositionLost(var position, String message) ->
            List.of(new Problem("url", message, "read in bulk again"));
      };
    }
  }

  /** Objects of sites are left out: their datasets are {@code SITE.objects}. */
  @Override
  public List<Dataset> discover() throws InterruptedException {
    return catalog.all().stream()
        .filter(shape -> !shape.ofSites())
        .map(ObjectShape::dataset)
        .toList();
  }

  @Override
  public Optional<Dataset> describe(DatasetId id) throws InterruptedException {
    return catalog.find(id).map(ObjectShape::dataset);
  }

  /** Each entry is a call of its own, unless many are written at once. */
  @Override
  public Limits limits(DatasetId dataset) {
    return new Limits(OptionalInt.of(settings.concurrency()), OptionalInt.empty(), 1);
  }

  @Override
  public Optional<BulkReader> bulkReader() {
    return Optional.of(reader);
  }

  @Override
  public Optional<ChangeReader> changeReader() {
    return Optional.of(changes);
  }

  @Override
  public Optional<Writer> writer() {
    return Optional.of(writer);
  }

  @Override
  public Optional<Lookup> lookup() {
    return Optional.of(lookup);
  }

  @Override
  public Optional<Receiver> receiver() {
    return settings.hook().map(hook -> new HookReceiver(hook, changes, remote.context().clock()));
  }

  @Override
  public void close() {
    remote.close();
  }
}
