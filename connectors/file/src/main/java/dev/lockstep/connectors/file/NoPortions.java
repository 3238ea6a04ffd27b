package dev.lockstep.connectors.file;

import dev.lockstep.connector.Unreadable;
import java.util.List;
import java.util.Optional;

/** A file of which no record can be read: empty so far, at fault as a whole, or done with. */
final class NoPortions implements Portions {
  private final Place after;
  private Optional<Unreadable> fault;

  NoPortions(Place after, Optional<Unreadable> fault) {
    this.after = after;
    this.fault = fault;
  }

  @Override
  public Portion next(int most) {
    List<Unreadable> told = fault.stream().toList();
    fault = Optional.empty();
    return new Portion(new PlacedRows(), told, after, true);
  }

  @Override
  public void close() {}
}
