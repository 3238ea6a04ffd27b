package dev.lockstep.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The suite every connector passes: extend it, answer {@link #harness}, and the contract's promises
 * are tried one by one against the real system. All behaviours are expected; what a connector
 * cannot do is declared, by the roles of its spec, by its writer's abilities, or in {@link
 * Harness#cannot} with a reason, and then its refusal is tried instead.
 */
public abstract class ConnectorConformance
    implements SpecConformance,
        ConnectionConformance,
        BulkReadConformance,
        ChangeReadConformance,
        WriteConformance,
        ManyConformance,
        ExchangeConformance,
        MoveConformance,
        LedgerConformance,
        TransactionConformance,
        LookupConformance,
        CreateConformance {
  private @Nullable Trial trial;

  /** A new harness over an empty system; called at most once for each test, and closed after it. */
  protected abstract Harness harness();

  @Override
  public final Trial trial() {
    Trial present = trial;
    if (present == null) {
      present = new Trial(harness());
      trial = present;
    }
    return present;
  }

  @AfterEach
  final void closeTrial() throws IOException {
    if (trial != null) {
      trial.close();
    }
  }

  @Test
  void everythingThatCannotBeDoneHasItsReason() {
    assertThat(trial().harness().cannot().values()).allSatisfy(r -> assertThat(r).isNotBlank());
  }
}
