package dev.lockstep.hub;

import dev.lockstep.testkit.ConnectorConformance;
import dev.lockstep.testkit.Harness;

/** The hub keeps every promise of the contract. */
final class HubConnectionTest extends ConnectorConformance {
  @Override
  protected Harness harness() {
    return new HubHarness();
  }
}
