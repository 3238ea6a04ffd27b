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
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
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
  private final int lanes;
  private final ProgressTable table;
  private final Steps steps;
  private volatile JointProgress standing = JointProgress.START;
  private volatile @Nullable JointProgress saved;

  /** How many lanes' entries whoever reads the ledger next is going to look for. */
  private int announced = 1;

  private @Nullable LaneRound last;

  /**
   * @param name under which the ledger and the store keep this, which is no sync's name
   * @param home the dataset beside which the target keeps its ledger
   * @param lanes how many transactions may be under way at once
   */
  public JointDelivery(
      String installation,
      String name,
      DatasetId home,
      Writer writer,
      Store store,
      Collection<Delivery> members,
      int lanes,
      Steps steps) {
    this.installation = installation;
    this.name = name;
    this.home = home;
    this.writer = writer;
    this.store = store;
    this.members = List.copyOf(members);
    this.lanes = lanes;
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
    JointProgress there = inTarget();
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

  /** Where all lanes are; what some of them have beyond that is {@link #unfinished}. */
  private JointProgress inTarget() throws InterruptedException {
    LaneEntry.Base base =
        writer
            .ledger(home, owner())
            .map(LaneEntry.Base::parse)
            .orElse(new LaneEntry.Base(1, JointProgress.START));
    announced = base.lanes();
    Map<Integer, LaneEntry> entries = new TreeMap<>();
    for (int lane = 0; announced > 1 && lane < announced; lane++) {
      Optional<String> entry = writer.ledger(home, owner(lane));
      if (entry.isPresent()) {
        entries.put(lane, LaneEntry.parse(entry.get()));
      }
    }
    Optional<LaneRound> round = LaneRound.newest(base.progress(), entries);
    last = round.orElse(null);
    return round.map(LaneRound::standing).orElse(base.progress());
  }

  /**
   * A round of lanes that was left when only some had committed. It has to be ended, in one
   * transaction, before anything else is delivered.
   */
  public Optional<LaneRound> unfinished() {
    return Optional.ofNullable(last).filter(round -> !round.isWhole());
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
    forgetLedger();
  }

  /**
   * Takes over the syncs of another delivery into the same target, which stand at the same place:
   * from the next {@link #resume} on they are delivered here. What the other one has kept counts
   * on.
   */
  public void adopt(JointDelivery other) throws InterruptedException {
    JointProgress now = standing.joinedBy(other.standing);
    try (Writer.Transaction transaction = writer.begin(home)) {
      transaction.commit(owner(), entry(now));
      committed(now);
    }
  }

  /** Part of the transaction after which its syncs are delivered by another. */
  public void dissolve(Tx tx) {
    table.save(tx, Owners.DIRECT, Progress.START, "");
  }

  /** Removes what the target's ledger says of it. */
  public void forgetLedger() throws InterruptedException {
    writer.forget(home, owner());
  }

  /** Opens a transaction at the target. */
  public JointTransaction begin() throws InterruptedException {
    return begin(Map.of());
  }

  /**
   * Opens a transaction at the target that ends a round.
   *
   * @param already what became of those changes of the round that lanes have committed
   */
  public JointTransaction begin(Map<String, Counts> already) throws InterruptedException {
    return new JointTransaction(this, store, writer.begin(home), already, steps);
  }

  /** How many lanes a round may have just now: 1 where the ledger does not speak of lanes yet. */
  public int lanes() {
    return announced < lanes ? 1 : lanes;
  }

  /**
   * Writes each lane's changes in a transaction of its own, all at the same time, and answers those
   * that committed, with what became of their changes. If these are all, the round is over. If not,
   * the others have left nothing, and the round must be ended by {@link #begin(Map)}.
   *
   * @param to where the source was consistent after the round
   */
  public SortedMap<Integer, Map<String, Counts>> write(List<LaneRound.Lane> round, String to)
      throws InterruptedException {
    SortedMap<Integer, Map<String, Counts>> done =
        new LaneWrites(this, writer, home, round, to, steps).write();
    if (done.size() == round.size()) {
      standing = standing.advance(to, LaneRound.sum(done.values()));
      steps.reached(Steps.Step.SETTLED);
    }
    return done;
  }

  /** How far the target has durably come, as far as this process knows. */
  public JointProgress standing() {
    return standing;
  }

  String owner() {
    return Owners.inLedger(installation, name, Owners.DIRECT);
  }

  String owner(int lane) {
    return owner() + "/lane/" + lane;
  }

  /** What the ledger says once a transaction over all lanes has committed. */
  String entry(JointProgress now) {
    return new LaneEntry.Base(lanes, now).text();
  }

  void committed(JointProgress now) {
    standing = now;
    announced = lanes;
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
