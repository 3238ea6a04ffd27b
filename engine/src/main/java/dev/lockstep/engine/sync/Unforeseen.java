package dev.lockstep.engine.sync;

import dev.lockstep.connector.Failure;
import dev.lockstep.store.StoreException;

/** What an error means that no connector has told. */
public final class Unforeseen {
  private Unforeseen() {}

  /** A store that is away or full is tried again, as it may be back at any time; a bug is shown. */
  public static Failure of(RuntimeException error) {
    return error instanceof StoreException away
        ? Failure.Transient.of(String.valueOf(away.getMessage()))
        : new Failure.Permanent(error.toString());
  }
}
