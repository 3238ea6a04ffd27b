package dev.lockstep.engine.delivery;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Position;
import dev.lockstep.connector.Writer;
import dev.lockstep.engine.sync.Counts;
import dev.lockstep.engine.sync.JointProgress;
import dev.lockstep.engine.sync.Progress;
import dev.lockstep.engine.sync.Steps;
import dev.lockstep.store.Store;
import dev.lockstep.store.Tx;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings the changes of several syncs of one source to one target in transactions that hold all of
 * them. The target's ledger is where they stand; what is kept here of it serves status and the
 * check that the target was not set back. {@link #save} may be called by any thread, all else by
 * one.
 */
public final class JointDelivery {
  private final String installation;
  private final String name;
  private final DatasetId home;
  private final Writer writer;
  private final Store store;
  private final List<Delivery> members;
  private final ProgressTable table;
  private final Steps steps;
  private volatile JointProgress standing = JointProgress.START;
  private volatile @Nullable JointProgress saved;

  /**
   * @param name under which the ledger and the store keep this, which is no sync's name
   * @param home the dataset beside which the target keeps its ledger
   */
  public JointDelivery(
      String installation,
      String name,
      DatasetId home,
      Writer writer,
      Store store,
      Collection<Delivery> members,
      Steps steps) {
    this.installation = installation;
    this.name = name;
    this.home = home;
    this.writer = writer;
    this.store = store;
    this.members = List.copyOf(members);
    this.table = new ProgressTable(store, name);
    this.steps = steps;
  }

  /**
   * Where to go on, from the target's ledger; what was kept here for a transaction whose commit
   * never came is taken back. To be called before the first transaction, and again after one
   * failed, while nothing else delivers for these syncs.
   */
  public JointProgress resume() throws InterruptedException {
    JointProgress here = table.joint().orElse(JointProgress.START);
    JointProgress there =
        writer.ledger(home, owner()).map(JointProgress::parse).orElse(JointProgress.START);
    if (there.captured() < here.captured()) {
      throw setBack(here, there);
    }
    standing = there;
    store.write(tx -> {
      save(tx, there);
      members.forEach(member -> member.kept().resume(tx, Owners.DIRECT, progress(there, member)));
      return true;
    });
    saved = there;
    for (Delivery member : members) {
      member.parking().reload();
    }
    return there;
  }

  // Invariant 9: a target restored from a backup lacks changes that are past here.
  private static ConnectorException setBack(JointProgress here, JointProgress there) {
    return new ConnectorException(
        new Failure.PositionLost(
            new Position(there.position()),
            "the target has "
                + there.captured()
                + " changes on its ledger, but had confirmed "
                + here.captured()
                + ": it was set back; run one of its syncs with --full, and all are read anew"));
  }

  /**
   * Forgets where delivery stood, for when everything is to be read anew. What was counted stays
   * counted.
   */
  public void forget() throws InterruptedException {
    store.write(tx -> {
      table.save(tx, Owners.DIRECT, Progress.START, "");
      members.forEach(member -> member.progress().fold(tx, Owners.DIRECT));
      return true;
    });
    writer.forget(home, owner());
  }

  /** Opens a transaction at the target. */
  public JointTransaction begin() throws InterruptedException {
    return new JointTransaction(this, store, writer.begin(home), steps);
  }

  /** How far the target has durably come, as far as this process knows. */
  public JointProgress standing() {
    return standing;
  }

  String owner() {
    return Owners.inLedger(installation, name, Owners.DIRECT);
  }

  void committed(JointProgress now) {
    standing = now;
  }

  /**
   * Keeps here what the target's ledger says, for status. It need not follow every commit, since
   * the ledger is asked at each start.
   */
  public void save() throws InterruptedException {
    if (!standing.equals(saved)) {
      store.write(tx -> {
        // Read inside the store's one writing thread, so that an older one never follows a newer.
        save(tx, standing);
        return true;
      });
    }
  }

  void save(Tx tx, JointProgress now) {
    table.save(tx, Owners.DIRECT, new Progress(now.position(), Counts.NONE), now.text());
    for (Delivery member : members) {
      member.progress().save(tx, Owners.DIRECT, progress(now, member), "");
    }
    saved = now;
  }

  static Progress progress(JointProgress now, Delivery member) {
    return new Progress(now.position(), now.of(member.sync()));
  }
}
