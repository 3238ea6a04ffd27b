package dev.lockstep.simulation;

import dev.lockstep.testkit.faults.FaultProxy;
import dev.lockstep.testkit.faults.RestTarget;
import dev.lockstep.testkit.faults.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Optional;
import java.util.Random;

/** Everything that outlives the kills: the CRM behind its proxy, the databases, the folder. */
final class World implements AutoCloseable {
  private static final double CHANCE = 0.12;
  private static final int LONGEST_BURST = 12;

  private final Path folder;
  private final RestTarget crm;
  private final FaultProxy proxy;
  private final Erp erp;
  private final Books books;

  private World(Path folder, RestTarget crm, FaultProxy proxy, Erp erp, Books books) {
    this.folder = folder;
    this.crm = crm;
    this.proxy = proxy;
    this.erp = erp;
    this.books = books;
  }

  static World open(Path folder, Plan plan) throws IOException, SQLException {
    Files.createDirectories(folder);
    RestTarget crm = RestTarget.start();
    FaultProxy proxy = FaultProxy.before(crm.url());
    World world =
        new World(
            folder,
            crm,
            proxy,
            Erp.create(folder.resolve("erp.db"), plan.seed()),
            Books.create(folder.resolve("books.db")));
    Files.writeString(folder.resolve("lockstep.yaml"), Configured.yaml(proxy.url()));
    if (plan.troubled()) {
      world.trouble(plan.seed());
    }
    return world;
  }

  private void trouble(long seed) {
    proxy.trouble(
        seed,
        CHANCE,
        Trouble.Answer.of(500),
        Trouble.Answer.of(503),
        new Trouble.Answer(429, Optional.of("0")),
        new Trouble.Answer(429, Optional.of("1")),
        new Trouble.LoseAnswer(),
        new Trouble.CutAnswer(12),
        new Trouble.CutRequest(30),
        new Trouble.Reset());
  }

  /** The next requests all fail. */
  void burst(Random random) {
    Trouble refusal = Trouble.Answer.of(500);
    proxy.script(
        Collections.nCopies(1 + random.nextInt(LONGEST_BURST), refusal).toArray(Trouble[]::new));
  }

  /** Everything that came from outside comes to rest. */
  void calm() throws IOException {
    erp.rest();
    proxy.calm();
  }

  Path folder() {
    return folder;
  }

  RestTarget crm() {
    return crm;
  }

  Erp erp() {
    return erp;
  }

  Books books() {
    return books;
  }

  @Override
  public void close() throws IOException {
    erp.rest();
    proxy.close();
    crm.close();
  }
}
