package dev.lockstep.hub.batch;

import dev.lockstep.hub.HubStores;
import org.junit.jupiter.api.BeforeEach;

/** The same with the store in PostgreSQL. */
class KilledImportPostgresTest extends KilledImportTest {
  @BeforeEach
  void place() {
    HubStores.inPostgresql(folder);
  }

  @Override
  int kills() {
    return Integer.getInteger("lockstep.test.kills", 1);
  }
}
