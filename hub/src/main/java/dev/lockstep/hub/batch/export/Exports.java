package dev.lockstep.hub.batch.export;

import dev.lockstep.hub.Hub;
import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.access.AccessRefused;
import dev.lockstep.hub.batch.Asker;
import dev.lockstep.hub.batch.DirectCursor;
import dev.lockstep.hub.batch.ExportCursor;
import dev.lockstep.hub.batch.ExportParameters;
import dev.lockstep.hub.batch.HandlerGone;
import dev.lockstep.hub.batch.ItemCounts;
import dev.lockstep.hub.batch.ItemHandler;
import dev.lockstep.hub.batch.ItemHandlers;
import dev.lockstep.hub.batch.OrderRefused;
import dev.lockstep.hub.batch.Runner;
import dev.lockstep.hub.batch.Standing;
import dev.lockstep.hub.batch.Task;
import dev.lockstep.hub.batch.format.ContentDamaged;
import dev.lockstep.hub.batch.format.ContentType;
import dev.lockstep.hub.liferay.Fault;
import dev.lockstep.hub.outgoing.AddressRefused;
import dev.lockstep.hub.outgoing.Destinations;
import dev.lockstep.store.Migration;
import dev.lockstep.store.StoreException;
import dev.lockstep.store.Tx;
import java.io.IOException;
import java.io.InputStream;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.exc.JacksonIOException;

/**
 * Exports of many items, carried out in the background. Thread-safe. A task that was taken is
 * carried out, whatever is killed meanwhile.
 */
public final class Exports implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Exports.class.getName());

  private final ItemHandlers handlers;
  private final ExportFiles files;
  private final Destinations destinations;
  private final Asker.Accesses accesses;
  private final InstantSource clock;
  private final ExportSettings settings;
  private final ExportStore store;
  private final Runner runner;
  private final ItemCounts counts = new ItemCounts();

  private Exports(
      ExportStore store,
      ItemHandlers handlers,
      ExportFiles files,
      Destinations destinations,
      Asker.Accesses accesses,
      InstantSource clock,
      ExportSettings settings) {
    this.store = store;
    this.handlers = handlers;
    this.files = files;
    this.destinations = destinations;
    this.accesses = accesses;
    this.clock = clock;
    this.settings = settings;
    this.runner = new Runner("export", store::turns, settings.atOnce(), this::carryOut);
  }

  /** The table that a store needs for exports. */
  public static Migration migration() {
    return ExportTables.MIGRATION;
  }

  /**
   * Opens the exports of a hub; {@link #start} sets them going.
   *
   * @param folder where files lie, used by nobody else
   * @param accesses looks up what the sender of a task may see
   */
  public static Exports open(
      Hub hub,
      ItemHandlers handlers,
      Path folder,
      Destinations destinations,
      Asker.Accesses accesses,
      InstantSource clock,
      ExportSettings settings)
      throws InterruptedException {
    ExportStore store = new ExportStore(hub);
    return new Exports(
        store,
        handlers,
        ExportFiles.open(folder, store.places()),
        destinations,
        accesses,
        clock,
        settings);
  }

  /** Goes on with every task that is not over. Called at most once. */
  public void start() {
    runner.start();
  }

  /**
   * Takes a task; once this returns, it is carried out.
   *
   * @throws OrderRefused when it cannot be carried out
   * @throws Fault when its parameters ask for what is not there
   */
  public ExportTask submit(ExportTask.Wanted wanted, Access access) throws InterruptedException {
    check(wanted, access);
    ExportTask task =
        store.add(
            wanted.code().orElseGet(() -> UUID.randomUUID().toString()),
            wanted,
            UUID.randomUUID().toString(),
            Asker.of(access));
    runner.wake();
    return task;
  }

  /**
   * Notes a task that was checked, in a transaction of the caller's; once that is durable, {@link
   * #wake} has it carried out.
   *
   * @throws OrderRefused when its code is that of a task that is not over
   */
  public ExportTask order(Tx tx, ExportTask.Wanted wanted, Access access) {
    return ExportStore.add(
        tx,
        wanted.code().orElseGet(() -> UUID.randomUUID().toString()),
        wanted,
        UUID.randomUUID().toString(),
        Asker.of(access));
  }

  /** Looks at once whether there is something to do. */
  public void wake() {
    runner.wake();
  }

  /**
   * Looks whether a task could be carried out.
   *
   * @throws OrderRefused when it cannot
   * @throws Fault when its parameters ask for what is not there
   */
  public void check(ExportTask.Wanted wanted, Access access) throws InterruptedException {
    if (wanted.type() == ContentType.XLS) {
      throw new OrderRefused("Old XLS files are not written", "export as XLSX or CSV");
    }
    wanted.callback().ifPresent(this::checkCallback);
    ItemHandler handler =
        handlers
            .find(wanted.className(), wanted.delegate())
            .orElseThrow(() ->
                new OrderRefused(
                    "Unknown class name: " + wanted.className(), "send the class name of a DTO"));
    ExportParameters parameters = wanted.parameters(access);
    try (ExportCursor cursor = handler.export(parameters, "")) {
      checkUnderstood(parameters, cursor);
      if (wanted.type() == ContentType.CSV || wanted.type() == ContentType.XLSX) {
        TableDocument.columns(wanted, cursor);
      }
    } catch (UnsupportedOperationException unknown) {
      throw new OrderRefused(String.valueOf(unknown.getMessage()), "export items of another class");
    } catch (HandlerGone gone) {
      throw new OrderRefused(String.valueOf(gone.getMessage()), "");
    }
  }

  /** What was asked for is done, or refused; never left out without a word. */
  private static void checkUnderstood(ExportParameters parameters, ExportCursor cursor) {
    if (cursor instanceof DirectCursor) {
      return;
    }
    for (String name : List.of("filter", "search", "sort", "batchNestedFields")) {
      if (parameters.get(name).filter(it -> !it.isBlank()).isPresent()) {
        throw new OrderRefused(
            name + " is not understood for " + parameters.className(), "leave it out");
      }
    }
  }

  private void checkCallback(String url) {
    try {
      destinations.resolve(Destinations.parse(url));
    } catch (AddressRefused refused) {
      throw new OrderRefused("callbackURL: " + refused.text(), refused.remedy());
    } catch (UnknownHostException unknown) {
      // It may be known when it is called.
      return;
    }
  }

  public Optional<ExportTask> find(long id) throws InterruptedException {
    return store.find(id);
  }

  /** The task with an external reference code. */
  public Optional<ExportTask> find(String code) throws InterruptedException {
    return store.find(code);
  }

  /** Tasks, the newest first, and how many there are in all. */
  public record Page(List<ExportTask> tasks, long total) {}

  public Page list(int limit, long offset) throws InterruptedException {
    ExportStore.Listed listed = store.list(limit, offset);
    return new Page(listed.tasks(), listed.total());
  }

  /** The newest tasks before one, in a state. */
  public List<ExportTask> newest(Optional<Task.Status> status, long before, int limit)
      throws InterruptedException {
    return store.newest(status, before, limit);
  }

  /** How many tasks stand how. */
  public Standing standing() throws InterruptedException {
    return store.standing();
  }

  /** Items that were written since this process began; one that cannot be ends its export. */
  public ItemCounts counts() {
    return counts;
  }

  /** Has an export that failed, or was cancelled, begun anew; false when there is nothing to do. */
  public boolean retry(long task) throws InterruptedException {
    boolean taken = store.retry(task);
    runner.wake();
    return taken;
  }

  /** The file of a task that is completed, to be closed. */
  public InputStream content(ExportTask task) {
    return files.read(task.place());
  }

  /** Ends a task where it stands, and removes its file; false when it is over already. */
  public boolean cancel(ExportTask task, String who) throws InterruptedException {
    return store.cancel(task, who, clock.instant());
  }

  /** What who looks at a task should know of its items; empty for nothing. */
  public Optional<String> remark(ExportTask task) {
    return handlers
        .find(task.wanted().className(), task.wanted().delegate())
        .flatMap(ItemHandler::remark);
  }

  private void carryOut(long id) throws InterruptedException {
    if (!store.begin(id, clock.instant())) {
      return;
    }
    ExportTask task = store.find(id).orElseThrow();
    String error = "";
    boolean over = false;
    try {
      over = run(task);
    } catch (ContentDamaged unfit) {
      error = String.valueOf(unfit.getMessage());
    } catch (ClosedByInterruptException stopped) {
      // The server closes: the next start goes on with it.
      throw new InterruptedException();
    } catch (IOException failed) {
      error = "the file, or one within it, cannot be written or read: " + failed.getMessage();
    } catch (HandlerGone | UnsupportedOperationException gone) {
      error = String.valueOf(gone.getMessage());
    } catch (OrderRefused refused) {
      error =
          refused.remedy().isEmpty() ? refused.text() : refused.text() + "; " + refused.remedy();
    } catch (Fault fault) {
      error = fault.title() + "; " + fault.detail();
    } catch (AccessRefused refused) {
      error = refused.fault() + "; " + refused.remedy();
    } catch (StoreException fault) {
      if (!(fault.getCause() instanceof NoSuchFileException)) {
        throw fault;
      }
      // It would not be there the next time either, and its place is nothing for a caller.
      LOG.log(System.Logger.Level.ERROR, "export " + id + " failed", fault);
      error = "the content of a file is missing on the server; bring it back, and retry this task";
    } catch (RuntimeException failed) {
      // Such as an object that was deleted meanwhile; it would fail again.
      LOG.log(System.Logger.Level.ERROR, "export " + id + " failed", failed);
      error = "it cannot be carried out: " + failed.getMessage();
    }
    if (!error.isEmpty()) {
      store.fail(task, error, clock.instant());
    }
    if (!over) {
      files.remove(task.place());
    }
  }

  private boolean run(ExportTask task) throws IOException, InterruptedException {
    Access access = accesses.of(task.asker().principal(), task.asker().author());
    ItemHandler handler =
        handlers
            .find(task.wanted().className(), task.wanted().delegate())
            .orElseThrow(() -> new HandlerGone("Unknown class name: " + task.wanted().className()));
    try {
      return new RunExport(
              task,
              store,
              files,
              handler,
              task.wanted().parameters(access),
              clock,
              settings.betweenNotes(),
              counts)
          .run();
    } catch (JacksonIOException wrapped) {
      throw wrapped.getCause();
    }
  }

  /** Forgets what is old enough, with its files; answers how many tasks. */
  public int trim() throws InterruptedException {
    List<String> gone = store.trim(clock.instant().minus(settings.retention()));
    gone.forEach(files::remove);
    return gone.size();
  }

  /** Stops every task where it stands. */
  @Override
  public void close() {
    runner.close();
  }
}
