package dev.lockstep.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** {@code lockstep up} on one sync of the accounts from one PostgreSQL to another. */
final class LockstepFollower implements Follower {
  private static final Duration LOADS_WITHIN = Duration.ofMinutes(15);
  private static final Duration FOLLOWS_WITHIN = Duration.ofMinutes(1);

  private final Database source;
  private final Database target;
  private final Path folder;
  private @Nullable RunningLockstep process;

  private LockstepFollower(Database source, Database target, Path folder) {
    this.source = source;
    this.target = target;
    this.folder = folder;
  }

  /** Has the target loaded by Lockstep, which creates its slot for that, and stops it again. */
  static LockstepFollower loaded(Database source, Database target) throws Exception {
    Path folder = Files.createTempDirectory("follow");
    Files.writeString(
        folder.resolve("lockstep.yaml"),
        """
        lockstep: 1
        server: {address: "127.0.0.1:0"}
        systems:
          source: {connector: postgresql, url: "%s"}
          target: {connector: postgresql, url: "%s"}
        syncs:
          accounts:
            from: source.public.pgbench_accounts
            to: target.public.pgbench_accounts
        """
            .formatted(source.url(), target.url()));
    AccountsTable.createEmpty(target);
    LockstepFollower follower = new LockstepFollower(source, target, folder);
    follower.start();
    try {
      follower.awaitLoaded();
    } finally {
      follower.stop();
    }
    return follower;
  }

  // The rows of the load are all there before it is over; a change that has come tells that it is.
  private void awaitLoaded() throws Exception {
    String rows = source.text("SELECT count(*) FROM pgbench_accounts");
    Waiting.until(
        "Lockstep to load " + rows + " rows",
        LOADS_WITHIN,
        Duration.ofSeconds(1),
        () -> rows.equals(target.text("SELECT count(*) FROM pgbench_accounts")));
    source.execute("UPDATE pgbench_accounts SET abalance = -1 WHERE aid = 1");
    Waiting.until(
        "Lockstep to follow after the load",
        FOLLOWS_WITHIN,
        Duration.ofMillis(200),
        () -> "-1".equals(target.text("SELECT abalance FROM pgbench_accounts WHERE aid = 1")));
  }

  @Override
  public String name() {
    return "lockstep";
  }

  @Override
  public Database target() {
    return target;
  }

  @Override
  public void start() throws Exception {
    process = RunningLockstep.up(folder);
  }

  @Override
  public void stop() throws Exception {
    if (process != null) {
      process.close();
      process = null;
    }
    Waiting.until(
        "Lockstep to release its slots",
        FOLLOWS_WITHIN,
        Duration.ofMillis(100),
        () ->
            "0"
                .equals(
                    source.text(
                        "SELECT count(*) FROM pg_replication_slots WHERE active AND slot_name LIKE"
                            + " 'lockstep%'")));
  }

  @Override
  public double cpuSeconds() {
    return process == null ? 0 : process.cpuSeconds();
  }

  @Override
  public double peakRssMiB() {
    return process == null ? 0 : process.peakRssMiB();
  }

  @Override
  public void end() throws Exception {
    stop();
    source.execute(
        "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name LIKE"
            + " 'lockstep%'");
  }
}
