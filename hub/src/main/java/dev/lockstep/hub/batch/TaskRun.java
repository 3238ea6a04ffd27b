package dev.lockstep.hub.batch;

import dev.lockstep.hub.Hub;
import dev.lockstep.hub.batch.ItemOutcome.Failed;
import dev.lockstep.hub.batch.Progress.Sent;
import dev.lockstep.hub.batch.Progress.Settled;
import dev.lockstep.hub.batch.format.ContentDamaged;
import dev.lockstep.hub.batch.format.Item;
import dev.lockstep.hub.file.Contents;
import dev.lockstep.store.StoreException;
import dev.lockstep.store.Tx;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Carries out one task from where it stands to its end. Used by one thread. */
final class TaskRun {
  /** How many bytes of content are written in one transaction. */
  static final int MOST_BYTES = 256 << 10;

  private static final System.Logger LOG = System.getLogger(TaskRun.class.getName());
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int MOST_TRIES = 40;
  private static final long LONGEST_PAUSE = 15;

  private final Task task;
  private final Hub hub;
  private final Contents contents;
  private final ItemHandler handler;
  private final Progress progress;
  private final ImportParameters parameters;
  private final Mapping mapping;
  private final boolean stops;
  private final int most;

  TaskRun(
      Task task,
      Hub hub,
      Contents contents,
      ItemHandler handler,
      Progress progress,
      ImportParameters parameters,
      int most) {
    this.task = task;
    this.hub = hub;
    this.contents = contents;
    this.handler = handler;
    this.progress = progress;
    this.parameters = parameters;
    this.mapping = Mapping.of(task.order());
    this.stops = parameters.onErrorFail();
    this.most = Math.min(most, handler.most());
  }

  /** Writes a group; the outcomes of what was looked at. */
  private interface Writing {
    List<ItemOutcome> write(Checkpoint checkpoint) throws InterruptedException;
  }

  /** Notes what became of a group. */
  private interface Noting {
    void note(Tx tx, List<Settled> settled);
  }

  /**
   * Runs the task.
   *
   * @return why it failed; empty when it did what it was asked to
   * @throws Stopped when somebody ended it
   */
  String run() throws InterruptedException {
    Optional<String> failed = Optional.empty();
    if (task.counts().waiting() > 0) {
      failed = lookAgain(true);
    }
    if (failed.isEmpty() && !task.counts().whole()) {
      failed = readContent();
    }
    if (failed.isEmpty()) {
      failed = settleWaiting();
    }
    return failed.orElse("");
  }

  private Optional<String> readContent() throws InterruptedException {
    try (OpenContent content = open()) {
      ReadAhead ahead =
          new ReadAhead(
              content,
              task.counts().read(),
              this::ready,
              most,
              "batch task " + task.id() + " reader");
      try {
        return writeAll(ahead);
      } finally {
        ahead.end();
      }
    } catch (IOException broken) {
      return Optional.of(told(broken));
    }
  }

  private Optional<String> writeAll(ReadAhead ahead) throws InterruptedException {
    while (true) {
      switch (ahead.take()) {
        case ReadAhead.Step.Write(Group group, ItemHandler.Ready ready) -> {
          Optional<String> failed = write(group, ready);
          if (failed.isPresent()) {
            return failed;
          }
        }
        case ReadAhead.Step.End _ -> {
          progress.readWhole();
          return Optional.empty();
        }
        case ReadAhead.Step.Broken(Exception fault) -> {
          return Optional.of(told(fault));
        }
      }
    }
  }

  private OpenContent open() throws IOException {
    Map<String, String> names = mapping.names();
    return OpenContent.of(
        contents,
        task.content(),
        parameters.all(),
        column -> handler.column(names.getOrDefault(column, column), parameters));
  }

  private ItemHandler.Ready ready(Group group) throws InterruptedException {
    List<Item.Read> readable = group.readable(mapping, stops);
    return readable.isEmpty() ? _ -> List.of() : handler.ready(readable, parameters);
  }

  private static String told(Exception fault) {
    return switch (fault) {
      case ContentDamaged damaged -> String.valueOf(damaged.getMessage());
      case HandlerGone gone -> String.valueOf(gone.getMessage());
      case IOException io -> "the content cannot be read: " + io.getMessage();
      default -> {
        LOG.log(System.Logger.Level.ERROR, "items could not be prepared", fault);
        yield "the items cannot be prepared: " + fault;
      }
    };
  }

  private Optional<String> write(Group group, ItemHandler.Ready ready) throws InterruptedException {
    Noting noting = (tx, settled) -> progress.note(tx, settled, group.consumed());
    try {
      return ended(written(group, ready::write, noting));
    } catch (Stopped | StoreException | HandlerGone known) {
      throw known;
    } catch (RuntimeException bug) {
      if (group.items().size() == 1) {
        return ended(written(group, checkpoint -> failed(group, bug), noting));
      }
      // Whichever item it was, the others are not to suffer from it.
      for (Group one : group.single()) {
        Optional<String> failed = write(one, ready(one));
        if (failed.isPresent()) {
          return failed;
        }
      }
      return Optional.empty();
    }
  }

  private List<ItemOutcome> failed(Group group, RuntimeException bug) {
    LOG.log(
        System.Logger.Level.ERROR,
        "item " + group.items().getFirst().index() + " of task " + task.id() + " was not written",
        bug);
    return List.of(new Failed("it could not be written: " + bug));
  }

  /** Writes and notes a group, trying again while the store does not take it. */
  private List<Settled> written(Group group, Writing writing, Noting noting)
      throws InterruptedException {
    for (int tries = 1; ; tries++) {
      try {
        List<Settled> settled = writtenOnce(group, writing, noting);
        progress.count(settled);
        return settled;
      } catch (StoreException failed) {
        if (tries == MOST_TRIES) {
          throw failed;
        }
        LOG.log(
            System.Logger.Level.WARNING,
            "task {0} waits for the store: {1}",
            Long.toString(task.id()),
            failed.getMessage());
        Thread.sleep(Duration.ofSeconds(Math.min(LONGEST_PAUSE, tries)));
      }
    }
  }

  private List<Settled> writtenOnce(Group group, Writing writing, Noting noting)
      throws InterruptedException {
    boolean[] noted = new boolean[1];
    List<ItemOutcome> outcomes =
        writing.write((tx, some) -> {
          noting.note(tx, group.settled(some, stops));
          noted[0] = true;
        });
    List<Settled> settled = group.settled(outcomes, stops);
    if (!noted[0]) {
      hub.note(tx -> {
        noting.note(tx, settled);
        return settled.size();
      });
    }
    return settled;
  }

  /** Why the task ends with these items, where it does. */
  private Optional<String> ended(List<Settled> settled) {
    if (!stops || settled.isEmpty()) {
      return Optional.empty();
    }
    Settled last = settled.getLast();
    return last.outcome() instanceof Failed(String message)
        ? Optional.of(failedAt(last.index(), message))
        : Optional.empty();
  }

  private String failedAt(long index, String message) {
    return "item "
        + index
        + ": "
        + message
        + (parameters.dryRun()
            ? ""
            : "; what was written before it stays, nothing after it was written");
  }

  /** Tries what waits, in both directions in turn, until nothing is won by it. */
  private Optional<String> settleWaiting() throws InterruptedException {
    boolean forward = true;
    long before = Long.MAX_VALUE;
    long left = progress.countWaiting();
    while (left > 0 && left < before) {
      Optional<String> failed = lookAgain(forward);
      if (failed.isPresent()) {
        return failed;
      }
      forward = !forward;
      before = left;
      left = progress.countWaiting();
    }
    if (left == 0) {
      return Optional.empty();
    }
    progress.failWaiting();
    return stops
        ? progress.firstFailure().map(it -> failedAt(it.index(), it.message()))
        : Optional.empty();
  }

  private Optional<String> lookAgain(boolean forward) throws InterruptedException {
    long beyond = forward ? 0 : Long.MAX_VALUE;
    while (true) {
      List<Sent> page = progress.waiting(beyond, forward, most);
      if (page.isEmpty()) {
        return Optional.empty();
      }
      beyond = page.getLast().index();
      Group group = group(page);
      List<Settled> settled =
          written(
              group,
              checkpoint -> ready(group).write(checkpoint),
              (tx, some) -> progress.noteWaited(tx, some, task.counts().consumed()));
      Optional<String> failed = ended(settled);
      if (failed.isPresent()) {
        return failed;
      }
    }
  }

  private static Group group(List<Sent> page) {
    List<Item> items = new ArrayList<>(page.size());
    for (Sent sent : page) {
      items.add(item(sent));
    }
    return new Group(items, 0);
  }

  private static Item item(Sent sent) {
    try {
      return JSON.readTree(sent.text()) instanceof ObjectNode object
          ? new Item.Read(sent.index(), object)
          : new Item.Damaged(sent.index(), sent.text(), "it is no JSON object; send {…}");
    } catch (JacksonException damaged) {
      return new Item.Damaged(
          sent.index(), sent.text(), "it cannot be read: " + damaged.getOriginalMessage());
    }
  }
}
