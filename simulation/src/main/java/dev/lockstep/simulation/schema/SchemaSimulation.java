package dev.lockstep.simulation.schema;

import dev.lockstep.simulation.schema.SchemaReport.Totals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * A whole schema is copied and followed under a mixed load, while Lockstep and the servers are
 * killed; then everything is compared.
 */
public final class SchemaSimulation {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration POLL = Duration.ofMillis(100);

  /** Of the time to the next kill; the first kills fall into the initial load. */
  private static final double[] FIRST_KILLS = {0.12, 0.2, 0.35};

  private final Course course;
  private final Path folder;
  private final Consumer<String> told;
  private final SplittableRandom random;
  private final Findings findings = new Findings();
  private int kills;

  SchemaSimulation(Course course, Path folder, Consumer<String> told) {
    this.course = course;
    this.folder = folder;
    this.told = told;
    this.random = new SplittableRandom(course.seed());
  }

  SchemaReport run() throws IOException, InterruptedException {
    try {
      Servers servers = Servers.start(course);
      servers.configure(folder);
      told.accept("both servers run, PostgreSQL " + course.version() + ", the source is filled");
      Watch watch = Watch.start(servers.target());
      try {
        return new Attempt(servers, watch).carryOut();
      } finally {
        watch.end();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the simulation's own statements failed", e);
    }
  }

  private LockstepProcess up() throws IOException {
    return LockstepProcess.up(folder, log());
  }

  private Path log() {
    return folder.resolve("lockstep.log");
  }

  /** What is awaited after a kill, and since when. */
  private record Recovery(long entries, long began) {}

  /** One course from the first start to the last comparison. */
  private final class Attempt {
    private final Servers servers;
    private final Watch watch;
    private LockstepProcess lockstep;
    private Optional<Recovery> awaited = Optional.empty();
    private boolean answered;

    Attempt(Servers servers, Watch watch) throws IOException {
      this.servers = servers;
      this.watch = watch;
      this.lockstep = up();
    }

    SchemaReport carryOut() throws SQLException, IOException, InterruptedException {
      Load load = Load.start(servers.source(), course.scale(), random.split());
      try {
        underLoad();
      } finally {
        load.end();
      }
      told.accept(
          "the load ends: "
              + load.transactions()
              + " transactions, "
              + load.rows()
              + " rows, "
              + load.refused()
              + " refused by the source ("
              + load.lastRefusal()
              + ")");
      catchUp();
      try (Connection source = servers.source().connect();
          Connection target = servers.target().connect()) {
        CompareTables compare = new CompareTables(source, target);
        findings.compared(compare.compare());
        findings.tables().forEach(table -> told.accept("  " + table));
        watch.findings().forEach(told);
        long torn = watch.torn();
        long setBack = watch.setBack();
        new Controls(compare, target, watch, findings, told).tryAll();
        return new SchemaReport(
            course,
            findings,
            new Totals(load.rows(), load.transactions(), load.large(), load.refused()),
            watch.looks(),
            torn,
            setBack);
      } finally {
        lockstep.kill();
      }
    }

    private void underLoad() throws IOException, SQLException, InterruptedException {
      long end = System.nanoTime() + course.lasts().toNanos();
      long next = System.nanoTime() + untilNextKill();
      long latest = end + PATIENCE.toNanos();
      // A run without a kill would show nothing, however slow the machine is.
      while (System.nanoTime() < end || (kills == 0 && System.nanoTime() < latest)) {
        Thread.sleep(POLL);
        armOnceLoaded();
        noteRecovery();
        if (!lockstep.isAlive()) {
          findings.fault("lockstep ended by itself, see " + log());
          lockstep = up();
        }
        if (System.nanoTime() >= next && isToBeKilled()) {
          kill();
          next = System.nanoTime() + untilNextKill();
        }
      }
    }

    /** A Lockstep that has never seen the source cannot know its tables, and ends saying so. */
    private boolean isToBeKilled() throws InterruptedException {
      answered = answered || lockstep.syncs().isPresent();
      return answered && (course.loading() || watch.isArmed());
    }

    /** Up to a third sooner or later. */
    private long untilNextKill() {
      boolean early = course.loading() && kills < FIRST_KILLS.length;
      double share = early ? FIRST_KILLS[kills] : 0.67 + random.nextDouble() * 0.67;
      return (long) (course.killEvery().toNanos() * share);
    }

    private void kill() throws IOException, SQLException, InterruptedException {
      Victim victim =
          random.nextBoolean()
              ? course.victims().getFirst()
              : course.victims().get(random.nextInt(course.victims().size()));
      kills++;
      findings.killed(victim);
      boolean armed = watch.isArmed();
      long began = System.nanoTime();
      switch (victim) {
        case LOCKSTEP -> {
          lockstep.kill();
          lockstep = up();
        }
        case SOURCE, TARGET, NETWORK -> servers.crash(victim, random);
      }
      told.accept(
          "killed "
              + victim
              + (armed ? "" : " before all was loaded")
              + ", the target has "
              + watch.highest()
              + " entries");
      awaited = armed ? Optional.of(new Recovery(sourceEntries(), began)) : Optional.empty();
    }

    /** Recovered is who has brought what the source had at the restart. */
    private void noteRecovery() {
      awaited
          .filter(recovery -> watch.highest() >= recovery.entries())
          .ifPresent(recovery -> {
            findings.recovered(Duration.ofNanos(System.nanoTime() - recovery.began()));
            awaited = Optional.empty();
          });
    }

    private long sourceEntries() throws SQLException {
      try (Connection connection = servers.source().connect()) {
        return Books.read(connection).debitEntries();
      }
    }

    private void armOnceLoaded() throws SQLException, InterruptedException {
      if (watch.isArmed()) {
        return;
      }
      Optional<JsonNode> syncs = lockstep.syncs();
      if (syncs.isPresent() && areReady(syncs.get())) {
        watch.arm(sourceEntries());
      }
    }

    private static boolean areReady(JsonNode syncs) {
      return !syncs.isEmpty()
          && syncs.valueStream().allMatch(sync -> sync.get("state").stringValue().equals("ready"));
    }

    private static boolean areWaiting(JsonNode syncs) {
      return syncs
          .valueStream()
          .anyMatch(sync -> sync.get("counts").get("waiting").longValue() > 0);
    }

    /** The load has ended: a last entry in the books comes after everything else. */
    private void catchUp() throws SQLException, InterruptedException {
      try (Connection connection = servers.source().connect()) {
        Books.transfer(new Work(connection, random));
      }
      long began = System.nanoTime();
      if (!watch.await(sourceEntries(), PATIENCE)) {
        findings.fault("not caught up " + PATIENCE.toSeconds() + " s after the load ended");
      }
      told.accept("caught up after " + (System.nanoTime() - began) / 1_000_000 + " ms");
      settle();
    }

    private void settle() throws InterruptedException {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      Optional<JsonNode> syncs = lockstep.syncs();
      while (syncs.isEmpty() || !areReady(syncs.get()) || areWaiting(syncs.get())) {
        if (System.nanoTime() > deadline) {
          break;
        }
        Thread.sleep(POLL);
        syncs = lockstep.syncs();
      }
      if (syncs.isEmpty()) {
        findings.fault("lockstep does not answer");
        return;
      }
      watch.arm(watch.highest());
      for (JsonNode sync : syncs.get()) {
        check(sync);
      }
    }

    private void check(JsonNode sync) {
      boolean settled =
          sync.get("state").stringValue().equals("ready")
              && sync.get("openLetters").longValue() == 0
              && sync.get("parked").longValue() == 0
              && sync.get("balanced").booleanValue();
      if (!settled) {
        findings.fault(
            "at the end: "
                + sync.get("name").stringValue()
                + " is "
                + sync.get("state").stringValue()
                + ", "
                + sync.get("counts")
                + ", "
                + sync.get("openLetters")
                + " letters, "
                + sync.get("trouble"));
      }
    }
  }

  /** The folder in which Lockstep's state and log lie. */
  static Path folder() throws IOException {
    return Files.createTempDirectory("lockstep-schema-");
  }
}
