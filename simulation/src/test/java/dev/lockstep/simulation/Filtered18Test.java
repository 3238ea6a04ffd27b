package dev.lockstep.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.engine.sync.Counts;
import dev.lockstep.testkit.servers.RealPostgres;
import org.junit.jupiter.api.Test;

final class Filtered18Test extends FilteredTests {
  Filtered18Test() {
    // What it looks at came with 18.
    super(RealPostgres.bundled18());
  }

  @Test
  void aColumnThatIsOnlyFromNowOnNeverNullIsLookedAt() throws Exception {
    both.both("CREATE TABLE a (id int PRIMARY KEY, n int)");
    both.source(
        "INSERT INTO a VALUES (1, 1), (2, NULL), (3, 99)",
        "ALTER TABLE a ADD CONSTRAINT from_now_on NOT NULL n NOT VALID");
    both.sync("a", "a", "where: record.n <= 90");
    assertThat(both.run().counts()).isEqualTo(new Counts(3, 1, 0, 0, 1, 1));
  }
}
