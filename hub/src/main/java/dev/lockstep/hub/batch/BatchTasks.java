package dev.lockstep.hub.batch;

import dev.lockstep.hub.Hub;
import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.batch.format.Column;
import dev.lockstep.hub.batch.format.ContentType;
import dev.lockstep.hub.batch.format.Item;
import dev.lockstep.hub.batch.format.Packed;
import dev.lockstep.hub.file.Contents;
import dev.lockstep.hub.file.Received;
import dev.lockstep.hub.outgoing.AddressRefused;
import dev.lockstep.hub.outgoing.Destinations;
import dev.lockstep.store.Migration;
import dev.lockstep.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Imports of many items, carried out in the background. Thread-safe. A task that was taken is
 * carried out, whatever is killed meanwhile; each item is written once.
 */
public final class BatchTasks implements AutoCloseable {
  private final Hub hub;
  private final ItemHandlers handlers;
  private final Contents contents;
  private final Destinations destinations;
  private final Asker.Accesses accesses;
  private final InstantSource clock;
  private final BatchSettings settings;
  private final TaskStore store;
  private final Runner runner;
  private final Callbacks callbacks;
  private final ItemCounts counts = new ItemCounts();

  private BatchTasks(
      Hub hub,
      ItemHandlers handlers,
      Contents contents,
      Destinations destinations,
      Asker.Accesses accesses,
      InstantSource clock,
      BatchSettings settings) {
    this.hub = hub;
    this.handlers = handlers;
    this.contents = contents;
    this.destinations = destinations;
    this.accesses = accesses;
    this.clock = clock;
    this.settings = settings;
    this.store = new TaskStore(hub);
    this.runner = new Runner("batch task", store::turns, settings.atOnce(), this::carryOut);
    this.callbacks = new Callbacks(hub, destinations, clock);
  }

  /** The tables that a store needs for tasks. */
  public static Migration migration() {
    return TaskTables.MIGRATION;
  }

  /**
   * Opens the tasks of a hub; {@link #start} sets them going.
   *
   * @param folder where contents lie, used by nobody else
   * @param accesses looks up what the sender of a task may do
   */
  public static BatchTasks open(
      Hub hub,
      ItemHandlers handlers,
      Path folder,
      Destinations destinations,
      Asker.Accesses accesses,
      InstantSource clock,
      BatchSettings settings)
      throws InterruptedException {
    Contents contents = Contents.open(folder, new TaskStore(hub)::places);
    return new BatchTasks(hub, handlers, contents, destinations, accesses, clock, settings);
  }

  /** Goes on with every task that is not over. Called at most once. */
  public void start() {
    callbacks.start();
    runner.start();
  }

  /** What is known of class names. */
  public ItemHandlers handlers() {
    return handlers;
  }

  public BatchSettings settings() {
    return settings;
  }

  /** Begins to receive a content; to be closed whatever becomes of it. */
  public Received receive() {
    return contents.receive(settings.mostBytes());
  }

  /**
   * What is sent with an order.
   *
   * @param received all of the content
   * @param type empty for a zip archive, whose first file tells
   * @param file how the sender calls it
   * @param items how many there are; 0 where that is not known
   */
  public record Sending(Received received, Optional<ContentType> type, String file, long items) {}

  /**
   * Checks an order before its content is received.
   *
   * @throws OrderRefused when it cannot be carried out
   */
  public void check(Order order, Access access) {
    order.check();
    ItemHandler handler =
        handlers
            .find(order.className(), order.delegate())
            .orElseThrow(() ->
                new OrderRefused(
                    "Unknown class name: " + order.className(), "send the class name of a DTO"));
    handler
        .refusal(order.parameters(access))
        .ifPresent(refused -> {
          throw new OrderRefused(refused, "");
        });
    order.callback().ifPresent(this::checkCallback);
  }

  private void checkCallback(String url) {
    try {
      URI uri = Destinations.parse(url);
      destinations.resolve(uri);
    } catch (AddressRefused refused) {
      throw new OrderRefused("callbackURL: " + refused.text(), refused.remedy());
    } catch (UnknownHostException unknown) {
      // It may be known when it is called.
      return;
    }
  }

  /**
   * Takes a task; once this returns, it is carried out. The task that has its code already is
   * answered where it was sent the same.
   *
   * @throws OrderRefused when it is not taken
   */
  public Task submit(Order order, Sending sending, Access access) throws InterruptedException {
    check(order, access);
    Contents.Kept kept = contents.keep(sending.received());
    boolean taken = false;
    try {
      Task.Content content =
          new Task.Content(
              sending.type().isPresent() ? sending.type().get() : typeWithin(kept),
              kept.place(),
              sending.file(),
              sending.type().isEmpty(),
              kept.bytes(),
              kept.digest());
      checkBeginning(order, content);
      TaskStore.New wanted =
          new TaskStore.New(
              order.code().orElseGet(() -> UUID.randomUUID().toString()),
              order,
              content,
              Asker.of(access),
              sending.items(),
              clock.instant());
      Task task = hub.note(tx -> Sent.again(tx, wanted).orElseGet(() -> TaskStore.add(tx, wanted)));
      taken = task.content().place().equals(kept.place());
      runner.wake();
      return task;
    } finally {
      if (!taken) {
        contents.remove(kept.place());
      }
    }
  }

  private ContentType typeWithin(Contents.Kept archive) {
    try {
      return Packed.of(contents.file(archive.place())).type();
    } catch (IOException damaged) {
      throw new OrderRefused(
          "Unable to read the body: " + damaged.getMessage(), "send a zip archive of one file");
    }
  }

  /** A content of which nothing can be read is refused at once, while its sender listens. */
  private void checkBeginning(Order order, Task.Content content) {
    if (content.bytes() == 0) {
      throw new OrderRefused("The body is empty", "send the items");
    }
    try (OpenContent open = OpenContent.of(contents, content, order.all(), _ -> Column.UNKNOWN)) {
      Item first = open.reader().next();
      if (first instanceof Item.Damaged damaged && content.type() == ContentType.JSONL) {
        throw new OrderRefused("The first line: " + damaged.fault(), "send one {…} on each line");
      }
    } catch (IOException damaged) {
      throw new OrderRefused(
          "Unable to read the body: " + damaged.getMessage(), "send it as " + content.type());
    }
  }

  /** What who looks at a task should know of its items; empty for nothing. */
  public Optional<String> remark(Task task) {
    return handlers
        .find(task.order().className(), task.order().delegate())
        .flatMap(ItemHandler::remark);
  }

  public Optional<Task> find(long id) throws InterruptedException {
    return store.find(id);
  }

  /** The task with an external reference code. */
  public Optional<Task> find(String code) throws InterruptedException {
    return store.find(code);
  }

  /** Tasks, and how many there are in all. */
  public record Page(List<Task> tasks, long total) {}

  public Page list(TaskQuery query) throws InterruptedException {
    TaskStore.Listed listed = store.list(query);
    return new Page(listed.tasks(), listed.total());
  }

  /** How many tasks stand how. */
  public Standing standing() throws InterruptedException {
    return store.standing();
  }

  /** Items that were dealt with since this process began. */
  public ItemCounts counts() {
    return counts;
  }

  /** What was sent for a task, to be closed. */
  public InputStream content(Task task) {
    return contents.read(task.content().place());
  }

  /** Items that failed, in their order, after a place. */
  public List<Failure> failures(long task, long after, int limit, int mostCharacters)
      throws InterruptedException {
    return Failures.read(hub, task, after, limit, mostCharacters);
  }

  /** Ends a task where it stands; false when it is over already. What it wrote stays. */
  public boolean cancel(long task, String who) throws InterruptedException {
    boolean ended = hub.note(tx -> Sent.cancelled(tx, task, who, clock.instant()));
    callbacks.wake();
    return ended;
  }

  /**
   * Takes a task up again: the items that failed are tried once more, and what it had not come to
   * is done.
   *
   * @return false when it is under way, or there is nothing left to do
   */
  public boolean retry(long task) throws InterruptedException {
    boolean taken = hub.note(tx -> Sent.retried(tx, task));
    runner.wake();
    return taken;
  }

  private void carryOut(long id) throws InterruptedException {
    Progress progress = new Progress(hub, id, clock, counts);
    if (!progress.begin()) {
      return;
    }
    Task task = store.find(id).orElseThrow();
    try {
      progress.end(outcome(task, progress), task.order().callback());
    } catch (Stopped ended) {
      // Whoever ended it noted so.
      return;
    } catch (HandlerGone gone) {
      progress.end(String.valueOf(gone.getMessage()), task.order().callback());
    } catch (StoreException failed) {
      progress.end("the store does not take it: " + failed.getMessage(), task.order().callback());
    } finally {
      callbacks.wake();
    }
  }

  private String outcome(Task task, Progress progress) throws InterruptedException {
    Access access = accesses.of(task.asker().principal(), task.asker().author());
    ImportParameters parameters = task.order().parameters(access);
    ItemHandler handler =
        handlers
            .find(task.order().className(), task.order().delegate())
            .orElseThrow(() -> new HandlerGone("Unknown class name: " + task.order().className()));
    Optional<String> refused = handler.refusal(parameters);
    return refused.isPresent()
        ? refused.get()
        : new TaskRun(task, hub, contents, handler, progress, parameters, settings.itemsAtOnce())
            .run();
  }

  /** Forgets what did all it was asked to and is old enough; answers how many tasks. */
  public int trim() throws InterruptedException {
    Map<Long, String> gone =
        hub.note(tx -> Sent.trimmed(tx, clock.instant().minus(settings.retention())));
    gone.values().forEach(contents::remove);
    return gone.size();
  }

  /** Stops every task where it stands. */
  @Override
  public void close() {
    runner.close();
    callbacks.close();
  }
}
