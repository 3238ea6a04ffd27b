package dev.lockstep.testkit;

import dev.lockstep.connector.Connection;
import dev.lockstep.connector.Connector;
import dev.lockstep.connector.ConnectorContext;
import dev.lockstep.connector.ConnectorSpec;
import dev.lockstep.connector.Settings;
import dev.lockstep.connector.Writer.Many;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * The suite over the memory connector with whatever defect is set; run by {@link
 * ConformanceCatchesTest} only.
 */
final class BrokenSuite extends ConnectorConformance {
  private static volatile UnaryOperator<Connection> defect = UnaryOperator.identity();
  private static volatile UnaryOperator<ConnectorSpec> spec = UnaryOperator.identity();

  static void set(UnaryOperator<Connection> connection, UnaryOperator<ConnectorSpec> passport) {
    defect = connection;
    spec = passport;
  }

  @Override
  protected Harness harness() {
    return new MemoryHarness(system -> system.many(new Many(5, 50, 3))) {
      /** Short: here what does not end is what is looked for. */
      @Override
      public Duration patience() {
        return Duration.ofSeconds(5);
      }

      @Override
      public Connector connector() {
        return new Connector() {
          @Override
          public ConnectorSpec spec() {
            return spec.apply(new MemoryConnector().spec());
          }

          @Override
          public Connection open(Settings settings, ConnectorContext context) {
            return defect.apply(new MemoryConnector().open(settings, context));
          }
        };
      }
    };
  }
}
