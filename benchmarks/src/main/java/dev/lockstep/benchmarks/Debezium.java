package dev.lockstep.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The peer: Debezium's engine with its JDBC sink, in a process with Java's default heap. */
final class Debezium implements Follower {
  private static final String MAIN = "dev.lockstep.benchmarks.debezium.DebeziumToJdbc";
  private static final Duration ENDS_WITHIN = Duration.ofMinutes(2);

  private final Slot slot;
  private final Database target;
  private final Path output;
  private @Nullable Process process;

  Debezium(Database source, Database target) throws Exception {
    slot = Slot.created(source, "debezium");
    this.target = target;
    this.output = Files.createTempFile("debezium", ".out");
    output.toFile().deleteOnExit();
  }

  @Override
  public String name() {
    return "debeziumJdbc";
  }

  @Override
  public Database target() {
    return target;
  }

  @Override
  public void start() throws Exception {
    process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    Path.of(System.getenv("LOCKSTEP_ROOT"), ".build", "debezium", "lib", "*")
                        .toString(),
                    MAIN,
                    Integer.toString(slot.source().port()),
                    slot.source().name(),
                    slot.name(),
                    slot.name(),
                    target.url(),
                    AccountsTable.NAME))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
  }

  @Override
  public void stop() throws Exception {
    Process running = process;
    if (running == null) {
      return;
    }
    process = null;
    boolean wasAlive = running.isAlive();
    running.getOutputStream().close();
    Waiting.ended(running, ENDS_WITHIN);
    if (!wasAlive) {
      throw new IllegalStateException("Debezium ended early:\n" + Files.readString(output));
    }
    slot.awaitReleased();
    // Its offsets live in its memory, and the slot is told of them only now and then.
    slot.advance();
  }

  @Override
  public double cpuSeconds() {
    return process == null ? 0 : Child.cpuSeconds(process);
  }

  @Override
  public double peakRssMiB() {
    return process == null ? 0 : Child.peakRss(process.pid());
  }

  @Override
  public void end() throws Exception {
    stop();
    slot.drop();
  }
}
