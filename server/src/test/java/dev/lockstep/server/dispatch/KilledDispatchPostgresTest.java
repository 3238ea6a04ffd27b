package dev.lockstep.server.dispatch;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The same with the store in PostgreSQL, where the number of kills was asked for. */
@EnabledIfSystemProperty(named = "lockstep.test.kills", matches = "\\d+")
class KilledDispatchPostgresTest extends KilledDispatchTest {
  @BeforeEach
  void place() throws IOException {
    Served.inPostgresql(folder);
  }
}
