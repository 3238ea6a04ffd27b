package dev.lockstep.benchmarks;

import java.sql.SQLException;

/** The peer: PostgreSQL's own logical replication, a subscription at its defaults. */
final class NativeReplication implements Follower {
  private static final String SUBSCRIPTION = "native";

  private final Slot slot;
  private final Database target;

  NativeReplication(Database source, Database target) throws SQLException {
    slot = Slot.created(source, SUBSCRIPTION);
    this.target = target;
    target.execute(
        "CREATE SUBSCRIPTION native CONNECTION '"
            + source.libpq()
            + "' PUBLICATION native WITH (create_slot = false, slot_name = native, copy_data ="
            + " false, enabled = false)");
  }

  @Override
  public String name() {
    return SUBSCRIPTION;
  }

  @Override
  public Database target() {
    return target;
  }

  @Override
  public void start() throws Exception {
    target.execute("ALTER SUBSCRIPTION native ENABLE");
  }

  @Override
  public void stop() throws Exception {
    target.execute("ALTER SUBSCRIPTION native DISABLE");
    slot.awaitReleased();
  }

  @Override
  public double cpuSeconds() {
    return 0;
  }

  @Override
  public double peakRssMiB() {
    return 0;
  }

  @Override
  public void end() throws Exception {
    stop();
    target.execute("ALTER SUBSCRIPTION native SET (slot_name = NONE)", "DROP SUBSCRIPTION native");
    slot.drop();
  }
}
