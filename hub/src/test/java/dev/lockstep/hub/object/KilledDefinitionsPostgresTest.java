package dev.lockstep.hub.object;

import dev.lockstep.hub.HubStores;
import org.junit.jupiter.api.BeforeEach;

/** The same with the store in PostgreSQL. */
class KilledDefinitionsPostgresTest extends KilledDefinitionsTest {
  @BeforeEach
  void place() {
    HubStores.inPostgresql(folder);
  }

  @Override
  int kills() {
    return Integer.getInteger("lockstep.test.kills", 1);
  }
}
