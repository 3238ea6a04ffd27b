package dev.lockstep.server.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.server.StoredLockstep;
import dev.lockstep.server.config.Loaded;
import dev.lockstep.store.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole Lockstep whose state is in PostgreSQL, as the configuration says. */
class StoreInPostgresqlTest {
  @TempDir private Path folder;

  @Test
  void entriesActionsAndPositionsAreInTheSchema() throws Exception {
    StoreBlock.inPostgresql(folder);
    try (Receiver receiver = new Receiver()) {
      try (Served served = Served.open(folder, true).withTickets()) {
        served.action("changed", "onAfterUpdate", receiver.url("/hook"), "").is(200);
        served.put("t-1", "{'subject':'old'}");
        served.put("t-1", "{'subject':'new'}");
        Served.until("one came", () -> receiver.got("/hook").size() == 1);
        assertThatThrownBy(() -> Served.open(folder, true))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("another Lockstep owns it");
        inspected();
      }
      try (Served again = Served.open(folder, true)) {
        again.put("t-1", "{'subject':'newer'}");
        Served.until("the next came", () -> receiver.got("/hook").size() > 1);
      }
      assertThat(receiver.got("/hook")).extracting(got -> got.value("subject")).contains("newer");
      assertThat(receiver.got("/hook").getFirst().value("subject")).isEqualTo("new");
    }
    assertThat(Files.exists(folder.resolve(".lockstep/lockstep.db"))).isFalse();
  }

  /** As the commands do that only look. */
  private void inspected() throws InterruptedException {
    Loaded loaded = dev.lockstep.server.Lockstep.load(folder);
    if (!(loaded instanceof Loaded.Valid(var configuration))) {
      throw new AssertionError(loaded);
    }
    try (StoredLockstep stored = StoredLockstep.open(configuration, InstantSource.system())) {
      assertThat(stored.engine().syncs()).hasSize(1);
    }
  }
}
