package dev.lockstep.engine.run;

import dev.lockstep.connector.BulkReader.Partition;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.FormReader.FormRead;
import dev.lockstep.engine.delivery.AtOnce;
import dev.lockstep.engine.limit.BudgetExhausted;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ThreadFactory;

/**
 * Reads a dataset piece by piece at one moment of its source. When that moment is lost, with a
 * connection or with this process, another is opened, and the pieces that were read before it are
 * caught up to it, so that in the end the target holds what the source held at one moment.
 */
final class PassRun {
  private static final Duration FIRST_WAIT = Duration.ofMillis(500);
  private static final Duration LONGEST_NAP = Duration.ofSeconds(10);

  private final Route route;
  private final Way.InPieces way;
  private final List<PassPiece> pieces;
  private final List<Partition> partitions;
  private final ThreadFactory threads;
  private final InstantSource clock;
  private final int mostFailures;

  PassRun(
      Route route,
      Way.InPieces way,
      List<PassPiece> pieces,
      List<Partition> partitions,
      ThreadFactory threads,
      InstantSource clock,
      int mostFailures) {
    this.route = route;
    this.way = way;
    this.pieces = List.copyOf(pieces);
    this.partitions = List.copyOf(partitions);
    this.threads = threads;
    this.clock = clock;
    this.mostFailures = mostFailures;
  }

  /** What is done once the target has every piece; the read is still open. */
  interface Then<T> {
    T with(FormRead read) throws InterruptedException;
  }

  <T> T read(Then<T> then) throws InterruptedException {
    for (int failures = 0; ; failures++) {
      FormRead read = open(failures);
      try (read) {
        if (isBroughtTo(read, failures)) {
          return then.with(read);
        }
      }
    }
  }

  private FormRead open(int before) throws InterruptedException {
    for (int failures = before; ; failures++) {
      try {
        return way.reader().open(route.source().id(), partitions);
      } catch (ConnectorException e) {
        waitOrThrow(e, failures);
      }
    }
  }

  private boolean isBroughtTo(FormRead read, int failures) throws InterruptedException {
    try {
      AtOnce.run(
          pieces.size(),
          route.spec().parallel(),
          threads,
          number -> pieces.get(number).bringTo(read));
      return true;
    } catch (BudgetExhausted e) {
      // Not a failure: the source may be asked again when its calls renew.
      Duration wait = Duration.between(clock.instant(), e.renewsAt());
      Duration positive = wait.isNegative() ? Duration.ZERO : wait;
      Thread.sleep(positive.compareTo(LONGEST_NAP) < 0 ? positive : LONGEST_NAP);
    } catch (ConnectorException e) {
      waitOrThrow(e, failures);
    }
    return false;
  }

  private void waitOrThrow(ConnectorException e, int failures) throws InterruptedException {
    if (!(e.failure() instanceof Failure.Transient failure) || failures >= mostFailures) {
      throw e;
    }
    Thread.sleep(failure.retryAfter().orElse(FIRST_WAIT.multipliedBy(1L << failures)));
  }
}
