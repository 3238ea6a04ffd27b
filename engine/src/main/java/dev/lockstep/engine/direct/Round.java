package dev.lockstep.engine.direct;

import dev.lockstep.engine.delivery.JointDelivery;
import dev.lockstep.engine.delivery.JointTransaction;
import dev.lockstep.engine.delivery.LaneRound;
import dev.lockstep.engine.mapping.Mapper.Mapped;
import dev.lockstep.engine.reconcile.Item;
import dev.lockstep.engine.reconcile.Window;
import dev.lockstep.engine.sync.Counts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Changes up to a place where the source was consistent, split over lanes. */
final class Round {
  private final Lanes lanes;
  private final List<Chunk> chunks;
  private final List<Map<Member, Window>> windows;
  private final long[] marks;
  private boolean deletes;
  private boolean lacks;

  private Round(Lanes lanes, int count, List<Chunk> chunks) {
    this.lanes = lanes;
    this.chunks = chunks;
    this.windows = new ArrayList<>(count);
    this.marks = new long[count];
    for (int i = 0; i < count; i++) {
      windows.add(new LinkedHashMap<>());
    }
  }

  /** Splits; empty where that cannot be. */
  static Optional<Round> of(Lanes lanes, int count, List<Chunk> chunks) {
    Round round = new Round(lanes, count, chunks);
    return round.split() ? Optional.of(round) : Optional.empty();
  }

  /** All of it in one lane, for {@link #end} alone. */
  static Round whole(List<Chunk> chunks) {
    Round round = new Round(Lanes.of(List.of()), 1, chunks);
    if (!round.split()) {
      // Deletes beside parts of rows, which only lanes must not have.
      assert round.lacks;
    }
    return round;
  }

  private boolean split() {
    for (Chunk chunk : chunks) {
      if (!chunk.cleared().isEmpty()) {
        return false;
      }
      for (Chunk.Part part : chunk.parts()) {
        for (Item item : part.items()) {
          if (!add(part.member(), item)) {
            return false;
          }
        }
      }
    }
    // A row that went with another by a reference could not be made whole by a part of it.
    return !deletes || !lacks;
  }

  private boolean add(Member member, Item item) {
    int lane = lanes.lane(member, item, marks.length);
    if (lane < 0) {
      return false;
    }
    look(item.mapped());
    marks[lane] += Lanes.mark(member, item);
    into(windows.get(lane), member).add(item);
    return true;
  }

  private void look(Mapped mapped) {
    switch (mapped) {
      case Mapped.Upsert(var key, var row) -> lacks |= row.isPartial();
      case Mapped.Delete _ -> deletes = true;
      case Mapped.Move(var from, var to, var row) -> {
        lacks |= row.isPartial();
        deletes = true;
      }
      case Mapped.Filtered _, Mapped.Refused _ -> {}
    }
  }

  private static Window into(Map<Member, Window> windows, Member member) {
    return windows.computeIfAbsent(member, it -> it.route().delivery().window());
  }

  /** The syncs that have a part in it. */
  Set<Member> members() {
    Set<Member> members = new HashSet<>();
    windows.forEach(lane -> members.addAll(lane.keySet()));
    return members;
  }

  /**
   * Writes it: every lane at once, and in one transaction what a lane could not take. Answers
   * whether there was nothing of that.
   */
  boolean deliver(JointDelivery joint, String to) throws InterruptedException {
    List<LaneRound.Lane> parts = new ArrayList<>(marks.length);
    for (int i = 0; i < marks.length; i++) {
      parts.add(new LaneRound.Lane(parts(windows.get(i)), marks[i]));
    }
    Map<Integer, Map<String, Counts>> done = joint.write(parts, to);
    if (done.size() < marks.length) {
      end(joint, done, to);
    }
    touch();
    return done.size() == marks.length;
  }

  /** Ends a round in one transaction, of which some lanes have been committed before. */
  void end(JointDelivery joint, Map<Integer, Map<String, Counts>> done, String to)
      throws InterruptedException {
    Map<Member, Window> left = new LinkedHashMap<>();
    for (Chunk chunk : chunks) {
      for (Chunk.Part part : chunk.parts()) {
        for (Item item : part.items()) {
          if (!done.containsKey(lanes.lane(part.member(), item, marks.length))) {
            into(left, part.member()).add(item);
          }
        }
      }
    }
    try (JointTransaction transaction = joint.begin(LaneRound.sum(done.values()))) {
      transaction.commit(parts(left), to);
    }
  }

  /**
   * What lanes are known to have committed of this very round; nothing where records would go to
   * other lanes today.
   */
  Map<Integer, Map<String, Counts>> known(LaneRound begun) {
    Map<Integer, Map<String, Counts>> known = new TreeMap<>();
    for (Map.Entry<Integer, LaneRound.Done> lane : begun.done().entrySet()) {
      if (marks[lane.getKey()] != lane.getValue().mark()) {
        return Map.of();
      }
      known.put(lane.getKey(), lane.getValue().counts());
    }
    return known;
  }

  /** Tells runs which records it has brought. */
  void touch() {
    windows.forEach(
        lane -> lane.forEach((member, window) -> member.route().precedence().touch(window)));
  }

  private static List<JointTransaction.Part> parts(Map<Member, Window> windows) {
    Collection<JointTransaction.Part> parts = new ArrayList<>(windows.size());
    windows.forEach((member, window) ->
        parts.add(new JointTransaction.Part(member.route().delivery(), window)));
    return List.copyOf(parts);
  }
}
