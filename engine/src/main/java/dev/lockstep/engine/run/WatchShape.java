package dev.lockstep.engine.run;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Schema;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Notices where in its stream of changes a source's rows take another shape, and whether the sync
 * was prepared for it. One thread.
 *
 * <p>Rows read again after the sync was prepared anew may show an older shape first; that the
 * source is by now what the sync was prepared for tells that there is nothing to do.
 */
public final class WatchShape {
  private final Route route;
  private @Nullable Schema last;

  public WatchShape(Route route) {
    this.route = route;
  }

  /** Whether this change shows that the sync must be prepared anew before it can be delivered. */
  // Sources share one instance per batch; only where that changes it is looked into.
  @SuppressWarnings("ReferenceEquality")
  public boolean hasChanged(Change change) throws InterruptedException {
    if (!(change instanceof Change.Upserted upserted) || upserted.row().schema() == last) {
      return false;
    }
    Schema before = last;
    last = upserted.row().schema();
    return before != null && !before.equals(last) && isUnprepared();
  }

  private boolean isUnprepared() throws InterruptedException {
    Optional<Dataset> now = route.sourceNow().describe();
    return now.isPresent() && !now.get().schema().equals(route.source().schema());
  }

  /** What to throw then. */
  public static ConnectorException prepareAnew(Route route) {
    return new ConnectorException(
        Failure.Transient.of(
            "the fields of " + route.spec().from() + " have changed; the sync is prepared anew"));
  }
}
