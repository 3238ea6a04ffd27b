package dev.lockstep.engine.direct;

import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Key;
import dev.lockstep.engine.delivery.JointDelivery;
import dev.lockstep.engine.mapping.Mapper.Mapped;
import dev.lockstep.engine.reconcile.Item;
import dev.lockstep.engine.sync.Policies;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Splits what was read over several transactions of the target, for syncs that give up that what
 * the source committed together arrives together. One thread.
 *
 * <p>Invariant 3: all changes of a record are in one lane of a round, and no lane begins the next
 * round before all have ended this one. So a round is only made of what can be split: what is
 * emptied, what moves from one lane to another, and records behind others that wait go in one
 * transaction over all lanes, as do syncs that have no lanes.
 */
final class Lanes {
  /** Fewer changes are written sooner in one transaction. */
  private static final int LEAST = 1_000;

  private static final int LONGEST_REST = 64;

  private final Set<Member> split;
  private int resting;
  private int rest = 1;

  private Lanes(Set<Member> split) {
    this.split = split;
  }

  /** The lanes of these syncs. */
  static Lanes of(Collection<Member> members) {
    // Two syncs into one dataset may write the same record, so they are of one mind.
    Map<DatasetId, Boolean> whole = new HashMap<>();
    for (Member member : members) {
      whole.merge(dataset(member), policy(member) == 1, Boolean::logicalOr);
    }
    Set<Member> split = new HashSet<>(members);
    split.removeIf(member -> whole.getOrDefault(dataset(member), true));
    return new Lanes(split);
  }

  /** As if all of them had lanes. */
  static Lanes ofAll(Collection<Member> members) {
    return new Lanes(new HashSet<>(members));
  }

  /** How many lanes syncs may have together. */
  static int most(Collection<Policies> policies) {
    return policies.stream().mapToInt(Policies::lanes).max().orElse(1);
  }

  private static DatasetId dataset(Member member) {
    return member.route().spec().to().dataset();
  }

  private static int policy(Member member) {
    return member.route().spec().policies().lanes();
  }

  /** What may be written at once; empty where these chunks must go in one transaction. */
  Optional<Round> round(JointDelivery joint, List<Chunk> chunks) throws InterruptedException {
    int lanes = split.isEmpty() ? 1 : joint.lanes();
    if (lanes == 1 || chunks.stream().mapToInt(Chunk::changes).sum() < LEAST) {
      return Optional.empty();
    }
    if (resting > 0) {
      resting--;
      return Optional.empty();
    }
    Optional<Round> round = Round.of(this, lanes, chunks);
    return round.isPresent() && isClear(round.get()) ? round : Optional.empty();
  }

  /** What waits, and the letters of a record, are settled here before the target's commit. */
  private static boolean isClear(Round round) throws InterruptedException {
    for (Member member : round.members()) {
      if (!member.route().delivery().isClear()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether the rest of a transaction is waited for, of which this is the beginning: only whole
   * ones can be split.
   */
  boolean await(JointDelivery joint, List<Chunk> begun) {
    // Invariant 8: what is longer is written as it comes, in one transaction.
    return !begun.isEmpty()
        && !split.isEmpty()
        && joint.lanes() > 1
        && begun.stream().mapToInt(Chunk::changes).sum() < FollowDirectly.MOST_CHANGES
        && begun.stream().mapToLong(Chunk::bytes).sum() < FollowDirectly.MOST_BYTES;
  }

  /** Notes how a round went: where lanes get in each other's way, they are left alone a while. */
  void went(boolean well) {
    rest = well ? 1 : Math.min(2 * rest, LONGEST_REST);
    resting = well ? 0 : rest;
  }

  /** The lane of a change; -1 when it concerns two. */
  int lane(Member member, Item item, int lanes) {
    if (!split.contains(member)) {
      return 0;
    }
    return switch (item.mapped()) {
      case Mapped.Upsert(Key key, var row) -> lane(key, lanes);
      case Mapped.Delete(Key key) -> lane(key, lanes);
      case Mapped.Move(Key from, Key to, var row) -> {
        int lane = lane(from, lanes);
        yield lane == lane(to, lanes) ? lane : -1;
      }
      case Mapped.Filtered _, Mapped.Refused _ -> 0;
    };
  }

  private static int lane(Key key, int lanes) {
    return (int) Long.remainderUnsigned(mixed(hash(key)), lanes);
  }

  /** What a change adds to the mark of its lane, in whatever order they come. */
  static long mark(Member member, Item item) {
    long name = member.route().spec().name().hashCode();
    return switch (item.mapped()) {
      case Mapped.Upsert(Key key, var row) -> mixed(31 * name + hash(key));
      case Mapped.Delete(Key key) -> mixed(31 * name + hash(key) + 1);
      case Mapped.Move(Key from, Key to, var row) -> mixed(31 * name + hash(from) - hash(to));
      case Mapped.Filtered _, Mapped.Refused _ -> mixed(name);
    };
  }

  /** The same for keys that a target may take for one: 1.0 and 1.00, {@code a} and {@code A}. */
  private static long hash(Key key) {
    long hash = 1;
    for (int i = 0; i < key.size(); i++) {
      hash = 31 * hash + hash(key.part(i));
    }
    return hash;
  }

  private static int hash(Object part) {
    return switch (part) {
      case Long number -> Long.hashCode(number);
      case BigDecimal number -> number.stripTrailingZeros().hashCode();
      case String text -> text.stripTrailing().toLowerCase(Locale.ROOT).hashCode();
      case byte[] bytes -> java.util.Arrays.hashCode(bytes);
      default -> part.hashCode();
    };
  }

  /** Spreads keys that follow each other; the last step of MurmurHash3. */
  private static long mixed(long hash) {
    long h = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return h ^ (h >>> 33);
  }
}
