package dev.lockstep.testkit;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** A suite that cannot fail proves nothing: each defect is caught by the very promise it breaks. */
final class ConformanceCatchesTest {

  @TestFactory
  Stream<DynamicTest> catches() {
    return Stream.of(
            BulkDefects.all(),
            ChangeDefects.all(),
            WriteDefects.all(),
            TransactionDefects.all(),
            OtherDefects.all())
        .flatMap(List::stream)
        .map(defect -> DynamicTest.dynamicTest(defect.what(), () -> isCaught(defect)));
  }

  private static void isCaught(Defect defect) {
    BrokenSuite.set(UnaryOperator.identity(), UnaryOperator.identity());
    run(defect.caughtBy()).assertStatistics(counts -> counts.started(1).succeeded(1));
    BrokenSuite.set(defect.connection(), defect.spec());
    run(defect.caughtBy()).assertStatistics(counts -> counts.started(1).failed(1));
  }

  private static Events run(String test) {
    return EngineTestKit.engine(new JupiterTestEngine())
        .selectors(DiscoverySelectors.selectMethod(BrokenSuite.class, test))
        .execute()
        .testEvents();
  }
}
