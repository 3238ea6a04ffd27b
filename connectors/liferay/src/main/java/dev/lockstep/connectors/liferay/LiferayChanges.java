package dev.lockstep.connectors.liferay;

import dev.lockstep.connector.ChangeReader;
import dev.lockstep.connector.ConnectorContext;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Position;
import dev.lockstep.connector.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Follows entries by webhooks and by sweeps. */
final class LiferayChanges implements ChangeReader {
  private final Remote remote;
  private final Catalog catalog;
  private final Recent recent;
  private final LiferaySettings settings;
  private final ConnectorContext context;
  private final Optional<HookActions> hooks;
  private final List<ChangeFeed> feeds = new CopyOnWriteArrayList<>();
  private final Map<DatasetId, FeedPosition.Mark> subscribed = new ConcurrentHashMap<>();

  LiferayChanges(
      Remote remote,
      Catalog catalog,
      Recent recent,
      LiferaySettings settings,
      ConnectorContext context) {
    this.remote = remote;
    this.catalog = catalog;
    this.recent = recent;
    this.settings = settings;
    this.context = context;
    this.hooks = settings.hook().map(hook -> new HookActions(remote, hook, context));
  }

  @Override
  public Position subscribe(Subscription subscription) throws InterruptedException {
    SequencedMap<DatasetId, FeedPosition.Mark> marks = new LinkedHashMap<>();
    for (DatasetId dataset : subscription.datasets()) {
      ObjectShape shape = catalog.require(dataset);
      if (hooks.isPresent()) {
        hooks.get().ensure(shape);
      }
      FeedPosition.Mark mark = Sweep.now(remote, shape, settings);
      marks.put(dataset, mark);
      subscribed.putIfAbsent(dataset, mark);
    }
    return new FeedPosition(0, marks).position();
  }

  @Override
  public ChangeCursor read(Subscription subscription, Position after) throws InterruptedException {
    FeedPosition from = FeedPosition.of(after);
    Telling telling = new Telling(recent, context.origin(), context.clock());
    ReadAgain again = new ReadAgain(remote, settings.concurrency());
    Map<DatasetId, ObjectShape> shapes = new LinkedHashMap<>();
    Map<DatasetId, Sweep> sweeps = new LinkedHashMap<>();
    List<KeyScan> scans = new ArrayList<>();
    Path folder = context.scratch().resolve("liferay").resolve(Remote.encode(subscription.name()));
    for (DatasetId dataset : subscription.datasets()) {
      ObjectShape shape = catalog.require(dataset);
      shapes.put(dataset, shape);
      FeedPosition.Mark mark = from.marks().get(dataset);
      if (mark == null) {
        // It is followed since the last position, by a sync that begins now.
        mark = subscribed.get(dataset);
      }
      if (mark == null) {
        mark = Sweep.now(remote, shape, settings);
      }
      sweeps.put(dataset, new Sweep(remote, shape, settings, telling, again, mark));
      settings
          .deletions()
          .ifPresent(every -> scans.add(new KeyScan(remote, shape, every, folder, telling, again)));
    }
    ChangeFeed feed =
        new ChangeFeed(
            shapes, sweeps, scans, telling, again, context.origin(), from.batch(), feeds::remove);
    feeds.add(feed);
    return feed;
  }

  /** What came of a hint. */
  enum Offered {
    /** Nobody follows that dataset. */
    UNWANTED,
    /** Nobody can take it now. */
    BUSY,
    TAKEN
  }

  /** Hands a hint to who follows its dataset. */
  Offered offer(Hint hint) {
    if (feeds.isEmpty()) {
      return Offered.BUSY;
    }
    for (ChangeFeed feed : feeds) {
      if (feed.follows(hint.where().dataset())) {
        return feed.offer(hint) ? Offered.TAKEN : Offered.BUSY;
      }
    }
    return Offered.UNWANTED;
  }

  @Override
  public void unsubscribe(Subscription subscription) throws InterruptedException {
    if (hooks.isPresent()) {
      for (DatasetId dataset : subscription.datasets()) {
        Optional<ObjectShape> shape = catalog.find(dataset);
        if (shape.isPresent()) {
          hooks.get().remove(shape.get());
        }
      }
    }
    subscription.datasets().forEach(subscribed::remove);
  }

  /** By webhook at once, otherwise when keys are compared. */
  @Override
  public boolean reportsDeletions() {
    return hooks.isPresent() || settings.deletions().isPresent();
  }

  /** What has to be set up by hand on the other side, if anything has. */
  @Override
  public List<Problem> check(Subscription subscription) throws InterruptedException {
    List<Problem> problems = new ArrayList<>();
    if (hooks.isPresent()) {
      for (DatasetId dataset : subscription.datasets()) {
        Optional<ObjectShape> shape = catalog.find(dataset);
        if (shape.isPresent()) {
          hooks.get().missing(shape.get()).ifPresent(problems::add);
        }
      }
    }
    return problems;
  }
}
