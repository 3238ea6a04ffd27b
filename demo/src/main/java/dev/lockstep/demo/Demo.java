package dev.lockstep.demo;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Starts Lockstep and its neighbours, plays the stories until it is interrupted or its time is
 * over, and stops all it started.
 */
public final class Demo {
  private final DemoOptions options;
  private final Teller teller;
  private final Arrivals arrivals = new Arrivals();

  /**
   * @param out where it tells what happens
   */
  public Demo(DemoOptions options, PrintWriter out) {
    this.options = options;
    this.teller = options.json() ? new TellJson(out) : new TellText(out, options.colours());
  }

  /**
   * Plays; called once.
   *
   * @return whether every story came true; of a demo without a length, true
   * @throws DemoRefused when it cannot be played
   * @throws InterruptedException when it was stopped; nothing is left running
   */
  public boolean play() throws InterruptedException {
    DemoFolder folder = DemoFolder.open(options.folder());
    return options.systemsOnly() ? neighboursOnly(folder) : stories(folder);
  }

  private boolean stories(DemoFolder folder) throws InterruptedException {
    teller.say("");
    teller.say("  Lockstep keeps records in step. Three stories, played between five programs:");
    teller.say("");
    long started = System.nanoTime();
    Stage stage = new Stage(folder, teller, arrivals);
    try (Neighbours neighbours = Neighbours.start(folder, arrivals, List.of());
        Child lockstep =
            Child.start("lockstep", options.up(), folder.log("lockstep"), line -> {})) {
      lockstep.awaitReady();
      introduce(stage, neighbours, lockstep, Duration.ofNanos(System.nanoTime() - started));
      try {
        return play(stage, neighbours);
      } finally {
        farewell(folder);
      }
    }
  }

  private void introduce(Stage stage, Neighbours neighbours, Child lockstep, Duration took) {
    new Cast(stage.folder(), teller).introduce(neighbours.all(), lockstep);
    teller.tell(
        Event.of(Story.DEMO, "ready", "All run. Watch them at " + stage.page())
            .with("page", stage.page())
            .with("folder", stage.folder().root().toString())
            .with("pid", lockstep.pid())
            .after(took));
  }

  private boolean play(Stage stage, Neighbours neighbours) throws InterruptedException {
    BalanceStory balances = new BalanceStory(stage);
    List<Thread> stories = new ArrayList<>();
    CountDownLatch broken = new CountDownLatch(1);
    stories.add(start(stage, Story.DISTRIBUTORS, new DistributorStory(stage, neighbours), broken));
    stories.add(
        start(stage, Story.TICKETS, new TicketStory(stage, options.length().isEmpty()), broken));
    stories.add(start(stage, Story.BALANCES, balances, broken));
    try {
      long seconds = options.length().map(Duration::toSeconds).orElse(Long.MAX_VALUE);
      boolean cut = broken.await(seconds, TimeUnit.SECONDS);
      stage.end();
      for (Thread story : stories) {
        story.join();
      }
      if (!cut) {
        new FinalCheck(stage, balances).check();
      }
    } finally {
      stage.end();
      stories.forEach(Thread::interrupt);
    }
    boolean cameTrue = stage.failures().isEmpty();
    teller.tell(
        cameTrue
            ? Event.of(Story.DEMO, "end", "Every story came true.").good()
            : Event.of(Story.DEMO, "end", "Not every story came true.").bad());
    return cameTrue;
  }

  private static Thread start(
      Stage stage, Story story, Callable<Void> scenes, CountDownLatch broken) {
    return Thread.ofVirtual()
        .name(story.word())
        .start(() -> {
          try {
            scenes.call();
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          } catch (Exception failed) {
            stage.failed(story, String.valueOf(failed.getMessage()));
            broken.countDown();
          }
        });
  }

  private void farewell(DemoFolder folder) {
    Path shown = shown(folder.root());
    teller.say("");
    teller.say("  " + shown + " is yours now: change its lockstep.yaml, and go on with");
    teller.say("    lockstep demo --systems-only " + shown);
    teller.say("    lockstep up " + shown + "    (in another terminal)");
    teller.say("");
  }

  private static Path shown(Path folder) {
    Path here = Path.of("").toAbsolutePath();
    return folder.startsWith(here) && !folder.equals(here) ? here.relativize(folder) : folder;
  }

  private boolean neighboursOnly(DemoFolder folder) throws InterruptedException {
    try (Neighbours neighbours = Neighbours.start(folder, arrivals, options.systems())) {
      new Cast(folder, teller).introduceNeighbours(neighbours.all());
      teller.tell(
          Event.of(Story.DEMO, "ready", "All run. Next: lockstep up " + shown(folder.root())));
      new CountDownLatch(1).await();
    }
    return true;
  }
}
