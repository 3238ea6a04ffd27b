package dev.lockstep.testkit;

/** The reference implementation keeps every promise of the contract. */
final class MemoryConnectorTest extends ConnectorConformance {
  @Override
  protected Harness harness() {
    return new MemoryHarness(system -> {});
  }
}
