package dev.lockstep.hub;

import org.junit.jupiter.api.BeforeEach;

/** The same with the store in PostgreSQL. */
class KillPostgresTest extends KillTest {
  @BeforeEach
  void place() {
    HubStores.inPostgresql(folder);
  }

  @Override
  int kills() {
    return Integer.getInteger("lockstep.test.kills", 1);
  }
}
