package dev.lockstep.server.page;

import dev.lockstep.engine.Engine;
import dev.lockstep.engine.SyncStatus;
import dev.lockstep.engine.delivery.Letter;
import dev.lockstep.hub.batch.Task.Status;
import dev.lockstep.server.admin.Admin;
import dev.lockstep.server.admin.TasksQuery;
import dev.lockstep.server.admin.Wording;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads all that the page shows. */
final class ReadPage {
  private static final int RUNS = 10;
  private static final int LETTERS = 20;
  private static final int TASKS = 20;

  private final Admin admin;
  private final Engine engine;
  private final Predicate<String> shows;
  private final boolean hasObjects;
  private final InstantSource clock;

  /**
   * @param shows whether a system or sync of a name is shown
   */
  ReadPage(
      Admin admin,
      Engine engine,
      Predicate<String> shows,
      boolean hasObjects,
      InstantSource clock) {
    this.admin = admin;
    this.engine = engine;
    this.hasObjects = hasObjects;
    this.shows = shows;
    this.clock = clock;
  }

  PageView read() throws InterruptedException {
    Moments moments = new Moments(clock.instant(), ZoneId.systemDefault());
    List<SyncStatus> syncs = engine.syncs().stream().filter(it -> shows.test(it.name())).toList();
    List<SyncView> views = new ArrayList<>();
    for (SyncStatus sync : syncs) {
      views.add(SyncView.of(sync, views.size() + 1, moments));
    }
    List<Letter> letters = engine.letters(null, Letter.State.OPEN, 0, LETTERS);
    Headline headline = Headline.of(syncs);
    long open = syncs.stream().mapToLong(SyncStatus::openLetters).sum();
    return new PageView(
        headline.text(),
        headline.tone(),
        moments.nowText(),
        hasObjects,
        syncs.stream().anyMatch(it -> it.twoWay().isPresent()),
        tasks(moments),
        PageView.Broken.of(admin.deployments(false)),
        engine.systems().stream()
            .filter(it -> shows.test(it.name()))
            .map(system -> SystemView.of(system, moments))
            .toList(),
        views,
        engine.runs(null, RUNS).stream().map(run -> RunView.of(run, moments)).toList(),
        letters.stream().map(letter -> LetterView.of(letter, moments)).toList(),
        letters.size() == LETTERS,
        Wording.number(open));
  }

  /** What is under way, and then what waits. */
  private List<TaskView> tasks(Moments moments) throws InterruptedException {
    List<TaskView> tasks = new ArrayList<>();
    if (hasObjects) {
      for (Status status : List.of(Status.STARTED, Status.INITIAL)) {
        TasksQuery query = new TasksQuery(Optional.of(status), false, 0, TASKS);
        tasks.addAll(TaskView.all(admin.tasks(query).get("items"), moments));
      }
    }
    return tasks;
  }
}
