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
    return Ask.engine(() ->
        StatusJson.status(
            false, engine.systems(), engine.syncs(), Json.array(), deployments(false)));
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
  public ObjectNode conflicts(ConflictQuery query) throws InterruptedException {
    return ConflictJson.page(
        query,
        Ask.engine(() ->
            engine
                .conflicts()
                .list(query.sync(), query.state().orElse(null), query.after(), query.limit())));
  }

  @Override
  public ObjectNode conflict(long id) throws InterruptedException {
    return ConflictJson.whole(Ask.conflict(id, () -> engine.conflicts().find(id)));
  }

  @Override
  public ObjectNode trace(String sync, String key) throws InterruptedException {
    return LetterJson.trace(Ask.engine(() -> lockstep.trace(sync, key)));
  }

  @Override
  public ObjectNode deployments(boolean all) throws InterruptedException {
    return DeploymentJson.list(Ask.engine(() -> lockstep.deployments(all, LiveAdmin.MOST_LISTED)));
  }

  /** Closes the store too. */
  @Override
  public void close() {
    lockstep.close();
  }
}
