package dev.lockstep.server.admin;

import dev.lockstep.engine.StoredEngine;
import dev.lockstep.server.StoredLockstep;
import tools.jackson.databind.node.ObjectNode;

/** What the store of a Lockstep tells that does not run. */
public final class StoredInspection implements Inspection {
  private final StoredLockstep lockstep;
  private final StoredEngine engine;

  public StoredInspection(StoredLockstep lockstep) {
    this.lockstep = lockstep;
    this.engine = lockstep.engine();
  }

  @Override
  public ObjectNode status() throws InterruptedException {
    return Ask.engine(() -> StatusJson.status(false, engine.systems(), engine.syncs()));
  }

  @Override
  public ObjectNode letters(LetterQuery query) throws InterruptedException {
    return LetterJson.page(
        query,
        Ask.engine(() ->
            engine.letters(
                query.sync(), query.state().orElse(null), query.after(), query.limit())));
  }

  @Override
  public ObjectNode letter(long id) throws InterruptedException {
    return LetterJson.whole(Ask.found(id, () -> engine.letter(id)));
  }

  @Override
  public ObjectNode trace(String sync, String key) throws InterruptedException {
    return LetterJson.trace(Ask.engine(() -> lockstep.trace(sync, key)));
  }

  /** Closes the store too. */
  @Override
  public void close() {
    lockstep.close();
  }
}
