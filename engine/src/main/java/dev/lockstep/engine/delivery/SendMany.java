package dev.lockstep.engine.delivery;

import dev.lockstep.connector.Writer.Many;
import dev.lockstep.connector.Writer.Mutation;
import dev.lockstep.connector.Writer.Outcome;
import dev.lockstep.engine.reconcile.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Sends the upserts of one window in large batches, and whatever these leave open in batches of the
 * usual size, which tell of every record what became of it.
 */
final class SendMany {
  private final Sender sender;
  private final String owner;
  private final List<Entry> entries;
  private final AtomicReferenceArray<Outcome> outcomes;

  SendMany(Sender sender, String owner, List<Entry> entries) {
    this.sender = sender;
    this.owner = owner;
    this.entries = entries;
    this.outcomes = new AtomicReferenceArray<>(entries.size());
  }

  /** One outcome for each entry, in order. */
  List<Outcome> send(Many many) throws InterruptedException {
    List<List<Integer>> batches = batches(many);
    sender.atOnce(batches.size(), at -> sendWhole(batches.get(at)));
    List<Integer> open = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      if (outcomes.get(i) == null) {
        open.add(i);
      }
    }
    if (!open.isEmpty()) {
      set(open, sender.usual(owner, at(open)));
    }
    List<Outcome> all = new ArrayList<>(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      all.add(Objects.requireNonNull(outcomes.get(i)));
    }
    return all;
  }

  /** The places of the upserts, in parts that are neither too small nor too large. */
  private List<List<Integer>> batches(Many many) {
    List<Integer> upserts = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).mutation() instanceof Mutation.Upsert) {
        upserts.add(i);
      }
    }
    List<List<Integer>> batches = new ArrayList<>();
    for (int from = 0; upserts.size() - from >= many.fromRows(); from += many.mostRows()) {
      batches.add(upserts.subList(from, Math.min(upserts.size(), from + many.mostRows())));
    }
    return batches;
  }

  private void sendWhole(List<Integer> places) throws InterruptedException {
    Optional<List<Outcome>> answered = sender.whole(owner, at(places));
    if (answered.isPresent()) {
      set(places, answered.get());
      for (int place : places) {
        if (outcomes.get(place) instanceof Outcome.Deferred) {
          outcomes.set(place, null);
        }
      }
    }
  }

  private List<Entry> at(List<Integer> places) {
    return places.stream().map(entries::get).toList();
  }

  private void set(List<Integer> places, List<Outcome> some) {
    for (int i = 0; i < some.size(); i++) {
      outcomes.set(places.get(i), some.get(i));
    }
  }
}
