package dev.lockstep.hub.liferay;

import dev.lockstep.hub.HubStores;

/** The same with the store in PostgreSQL. */
class LifeCyclePostgresTest extends LifeCycleTest {
  @Override
  void place() {
    HubStores.inPostgresql(folder);
  }
}
