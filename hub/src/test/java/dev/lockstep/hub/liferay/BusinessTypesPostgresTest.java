package dev.lockstep.hub.liferay;

import dev.lockstep.hub.HubStores;

/** The same with the store in PostgreSQL. */
class BusinessTypesPostgresTest extends BusinessTypesTest {
  @Override
  void place() {
    HubStores.inPostgresql(folder);
  }
}
