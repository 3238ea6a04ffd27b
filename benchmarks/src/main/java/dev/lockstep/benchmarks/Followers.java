package dev.lockstep.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** Lockstep and its peers, each following the same accounts into a database of its own. */
final class Followers {
  final Database source;
  final List<Follower> all = new ArrayList<>();

  private Followers(Database source) {
    this.source = source;
  }

  /** Starts both servers, fills all tables; whoever follows waits stopped when this returns. */
  static Followers prepared(int rows, boolean peersOnly) throws Exception {
    Database source = Database.ofNewServer("source");
    Database target = Database.ofNewServer("target");
    AccountsTable.createFilled(source, rows);
    Followers followers = new Followers(source);
    if (!peersOnly) {
      // Builds it now if need be: the first use is not what is measured.
      Child.run(List.of(RunningLockstep.launcher(), "--version"));
      followers.all.add(LockstepFollower.loaded(source, target.beside("lockstep")));
    }
    String fingerprint = AccountsTable.fingerprint(source);
    followers.all.add(new NativeReplication(source, filled(source, target, "native", rows)));
    followers.all.add(new Debezium(source, filled(source, target, "debezium", rows)));
    for (Follower follower : followers.all) {
      AccountsTable.compare(follower.name(), fingerprint, follower.target());
    }
    return followers;
  }

  private static Database filled(Database source, Database server, String name, int rows)
      throws Exception {
    Database target = server.beside(name);
    AccountsTable.createFilled(target, rows);
    // Lockstep was tried with the first row.
    target.execute(
        "UPDATE pgbench_accounts SET abalance = "
            + source.text("SELECT abalance FROM pgbench_accounts WHERE aid = 1")
            + " WHERE aid = 1");
    return target;
  }

  /** In turns from the front and from the back. */
  List<Follower> inTurn(int round) {
    return round % 2 == 0 ? all : all.reversed();
  }

  /** Ends one, so that the source no longer keeps its log for it. */
  void end(Follower follower) throws Exception {
    follower.end();
    all.remove(follower);
  }
}
