package dev.lockstep.hub.liferay;

import dev.lockstep.hub.Author;
import dev.lockstep.hub.Draft;
import dev.lockstep.hub.Entry;
import dev.lockstep.hub.EntryRef;
import dev.lockstep.hub.Hub;
import dev.lockstep.hub.Match;
import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.access.Right;
import io.helidon.http.Status;
import java.util.Optional;

/** One caller before the entries of an object. */
record EntryGuard(Hub hub, Access access, EntryApi.Target target) {

  /**
   * Which entry an edit is about, and what must still be so when it is made.
   *
   * @param before the entry, where it was looked at
   */
  record Chosen(EntryRef ref, Match match, Optional<Entry> before) {}

  Author author() {
    return access.author();
  }

  private String object() {
    return target.shape().object();
  }

  /** An entry on which a right is granted. One that may not be seen is missing. */
  Entry entry(EntryRef ref, Right right) throws InterruptedException {
    Optional<Entry> found = hub.find(object(), ref);
    if (found.isEmpty() || !access.may(Right.VIEW, object(), found.get())) {
      if (!access.may(Right.VIEW, object())) {
        // Whether it is there is no stranger's business.
        access.demandKnown();
      }
      throw target.missing(ref);
    }
    access.demand(right, object(), found.get());
    return found.get();
  }

  void adds() {
    access.demand(Right.ADD_OBJECT_ENTRY, object());
  }

  /**
   * What an edit of one entry may be made on. It names the very entry that was looked at: another
   * one may have its code when the edit is made.
   */
  Chosen changed(EntryRef ref, Right right) throws InterruptedException {
    if (access.isUnlimited()) {
      return new Chosen(ref, Match.ANY, Optional.empty());
    }
    Entry entry = entry(ref, right);
    return new Chosen(new EntryRef.Id(entry.id()), Match.ANY, Optional.of(entry));
  }

  /**
   * Sees to it that an entry comes to refer only to what its sender may see; what it referred to
   * before may stay.
   */
  void refersToSeen(Draft draft, Optional<Entry> before, EntryShapes shapes)
      throws InterruptedException {
    if (access.isUnlimited()) {
      return;
    }
    for (EntryShape.Column column : target.shape().columns()) {
      EntryShape.Way way =
          column.parent() == null ? null : target.shape().ways().get(column.parent().name());
      if (way == null || !(draft.values().get(column.name()) instanceof Long id)) {
        continue;
      }
      boolean stays = before.filter(it -> id.equals(it.values().get(column.name()))).isPresent();
      String other = shapes.of(way.other()).object();
      Optional<Entry> parent = hub.find(other, new EntryRef.Id(id));
      if (!stays && parent.isPresent() && !access.sees(other, parent.get())) {
        throw Fault.bad(
            column.name() + " refers to entry " + id + ", which is not there",
            "create that entry first, or send the id of one that is");
      }
    }
  }

  /** The same of an edit that creates the entry when it is not there. */
  Chosen replaced(EntryRef ref) throws InterruptedException {
    if (access.isUnlimited() || ref instanceof EntryRef.Id) {
      return changed(ref, Right.UPDATE);
    }
    Optional<Entry> found = hub.find(object(), ref);
    if (found.isPresent() && access.may(Right.VIEW, object(), found.get())) {
      return changed(ref, Right.UPDATE);
    }
    adds();
    if (found.isPresent()) {
      throw Fault.of(
          Status.CONFLICT_409,
          "The external reference code is taken by an entry that you may not see",
          "send another one");
    }
    return new Chosen(ref, new Match.Absent(), Optional.empty());
  }
}
