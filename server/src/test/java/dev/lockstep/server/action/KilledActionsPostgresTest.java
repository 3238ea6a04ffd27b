package dev.lockstep.server.action;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The same with the store in PostgreSQL, where the number of kills was asked for. */
@EnabledIfSystemProperty(named = "lockstep.test.kills", matches = "\\d+")
class KilledActionsPostgresTest extends KilledActionsTest {
  @BeforeEach
  void place() throws IOException {
    StoreBlock.inPostgresql(folder);
  }
}
