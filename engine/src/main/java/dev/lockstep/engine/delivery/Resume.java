package dev.lockstep.engine.delivery;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Position;
import dev.lockstep.engine.sync.Progress;
import java.util.Optional;

/** Finds out where an owner stands after a stop, be it clean or not. */
final class Resume {
  private final String installation;
  private final String sync;
  private final Target target;
  private final Call call;
  private final ProgressTable table;

  Resume(String installation, String sync, Target target, Call call, ProgressTable table) {
    this.installation = installation;
    this.sync = sync;
    this.target = target;
    this.call = call;
    this.table = table;
  }

  /** As {@link #standing}, for the owner whose positions are sequences of a journal. */
  Following following(String owner, long head) throws InterruptedException {
    Progress stands = standing(owner);
    Progress stored = table.position(owner).orElse(Progress.START);
    boolean unknown =
        !stands.equals(stored)
            && !stands.position().isEmpty()
            && Long.parseLong(stands.position()) > head;
    // What is delivered was durable here before: this store was set back, to a backup. Changes that
    // get the same sequences from now on are others, and must not be taken for delivered.
    return unknown ? new Following(stored, stands.text()) : new Following(stands, "");
  }

  /**
   * Where an owner goes on.
   *
   * @param disowned what the target's ledger says and is no longer so; empty otherwise
   */
  record Following(Progress at, String disowned) {}

  Progress standing(String owner) throws InterruptedException {
    Optional<ProgressTable.Stored> here = table.find(owner);
    Progress stored = here.map(ProgressTable.Stored::progress).orElse(Progress.START);
    if (!target.keepsLedger()) {
      return stored;
    }
    Progress sealed = here.map(this::sealed).orElse(Progress.START);
    Progress there = inTarget(owner);
    long ahead = there.counts().captured() - sealed.counts().captured();
    if (ahead < 0) {
      throw setBack(owner, sealed, there);
    }
    // Ahead: the target committed and this process died before noting it. Equal: a clean stop, and
    // windows without writes may have moved the copy here further.
    return ahead > 0 ? there : stored;
  }

  private Progress sealed(ProgressTable.Stored stored) {
    return stored.sealed().isEmpty() ? Progress.START : Progress.parse(stored.sealed());
  }

  private Progress inTarget(String owner) throws InterruptedException {
    String entry = Owners.inLedger(installation, sync, owner);
    return call.untilAnswered(() -> target.writer().ledger(target.dataset(), entry))
        .map(Progress::parse)
        .orElse(Progress.START);
  }

  // Invariant 9: a target restored from a backup lacks changes that are past here.
  private ConnectorException setBack(String owner, Progress sealed, Progress there) {
    return new ConnectorException(
        new Failure.PositionLost(
            new Position(there.position()),
            "the target "
                + target.dataset()
                + " has "
                + there.counts().captured()
                + " changes of "
                + owner
                + " on its ledger, but had confirmed "
                + sealed.counts().captured()
                + ": it was set back; run `lockstep run "
                + sync
                + " --full` to bring it up to date"));
  }
}
