package dev.lockstep.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The checks themselves find what they are there to find. */
final class HubHistoryTest {
  private final Tally tally = new Tally();

  private static HubHistory history(String... changes) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < Accounts.SEEDED; i++) {
      all.add("U seed-" + i + " " + i);
    }
    all.addAll(List.of(changes));
    return new HubHistory(all);
  }

  private static Revision revision(String id, long number) {
    return new Revision(id, number);
  }

  @Test
  void findsALostADuplicatedAndAMisplacedRow() {
    history("U a 100", "U b 101", "D b 101", "U a 102", "U c 103")
        .compareWithLog(
            List.of(revision("a", 102), revision("b", 101), revision("b", 101), revision("a", 100)),
            tally);
    assertThat(tally.lost()).isEqualTo(1);
    assertThat(tally.duplicates()).isEqualTo(2);
    assertThat(tally.disorder()).isEqualTo(1);
  }

  @Test
  void findsAnAcknowledgedWriteThatIsGone() {
    history("U a 100").checkAcknowledged(List.of("U a 100", "U a 101"), tally);
    assertThat(tally.lost()).isEqualTo(1);
    assertThat(tally.records()).isEqualTo(2);
  }

  @Test
  void findsARecordThatIsMissingOtherwiseOrTooMuch() {
    Records source = Records.ofJson(List.of("{\"id\":1,\"rev\":1}", "{\"id\":2,\"rev\":1}"));
    Records target = Records.ofJson(List.of("{\"id\":2,\"rev\":2}", "{\"id\":3,\"rev\":1}"));
    source.compareWith(target, "crm", tally);
    assertThat(tally.lost()).isEqualTo(3);
  }

  @Test
  void takesNumbersForTheirValueHoweverTheyAreWritten() {
    Records hub = Records.ofJson(List.of("{\"id\":\"a\",\"amount\":\"1.50\"}"));
    Records crm = Records.ofJson(List.of("{\"amount\":1.5,\"id\":\"a\"}"));
    hub.compareWith(crm, "crm", tally);
    assertThat(tally.isClean()).isTrue();
    assertThat(tally.records()).isEqualTo(1);
  }
}
