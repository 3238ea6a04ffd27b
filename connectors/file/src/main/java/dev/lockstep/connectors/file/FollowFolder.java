package dev.lockstep.connectors.file;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.ChangeReader.ChangeBatch;
import dev.lockstep.connector.ChangeReader.ChangeCursor;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Position;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Unreadable;
import dev.lockstep.connectors.file.FeedPosition.Mark;
import dev.lockstep.connectors.file.FeedPosition.Name;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Follows the files of some datasets: those that are new are read, those that grow are read on.
 *
 * <p>A CSV or JSON Lines file is read as far as its lines are complete, and to its end once it has
 * settled; it is known again by name, identity and beginning, and read from its start when one of
 * these is another, or when it has become shorter. A JSON document or a compressed file is read as
 * a whole once it has settled, and again whenever it changes.
 */
final class FollowFolder implements ChangeCursor {
  private final FileConnection connection;
  private final List<DatasetId> datasets;
  private final SortedMap<Name, Mark> marks;
  private final Settled settled;
  private final FolderWatch watch;
  private final Map<Name, String> unread = new TreeMap<>();
  private final Deque<Candidate> queue = new ArrayDeque<>();
  private final Map<Name, SourceFile> known = new HashMap<>();
  private @Nullable Open current;
  private @Nullable Position printed;

  /** A file in the middle of being read. */
  private record Open(
      Name name, SourceFile file, Dataset shape, boolean whole, Portions portions) {}

  /** A file of the folder, and whose it is. */
  private record Candidate(
      FileDataset settings, Name name, SourceFile file, List<SourceFile> all) {}

  FollowFolder(FileConnection connection, List<DatasetId> datasets, SortedMap<Name, Mark> marks) {
    this.connection = connection;
    this.datasets = datasets;
    this.marks = marks;
    this.settled = new Settled(connection.clock(), connection.folder().settle());
    this.watch = new FolderWatch(connection.folder().path());
  }

  @Override
  public ChangeBatch next(int maxChanges, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      List<Change> changes = look(maxChanges);
      if (!changes.isEmpty() || !waited(deadline - System.nanoTime())) {
        return new ChangeBatch(changes, position(), true);
      }
    }
  }

  /** Waits until another look is worth while; false when the time was over before. */
  private boolean waited(long left) throws InterruptedException {
    Duration interval = connection.folder().interval();
    if (left <= 0) {
      return false;
    }
    if (left <= interval.toNanos()) {
      // The next call looks first thing: a look now, too, would be two for every wait.
      return watch.await(Duration.ofNanos(left));
    }
    boolean ignored = watch.await(interval);
    return true;
  }

  private Position position() {
    Position same = printed;
    if (same == null) {
      same = FeedPosition.of(marks);
      printed = same;
    }
    return same;
  }

  /** Reads on until there are as many changes as asked for, or every file was looked at once. */
  private List<Change> look(int most) {
    List<Change> changes = new ArrayList<>();
    boolean listed = false;
    while (changes.size() < most) {
      Open open = current;
      if (open != null) {
        read(open, most - changes.size(), changes);
      } else if (!queue.isEmpty()) {
        consider(queue.removeFirst(), most - changes.size(), changes);
      } else if (!listed) {
        listed = true;
        List<Candidate> candidates = candidates();
        missing(candidates, most, changes);
        queue.addAll(candidates);
      } else {
        break;
      }
    }
    return changes;
  }

  /**
   * All files, those changed longest ago first, so that a later file's word on a record comes
   * later.
   */
  private List<Candidate> candidates() {
    List<FileDataset> found =
        datasets.stream().flatMap(id -> connection.catalog().find(id).stream()).toList();
    List<List<SourceFile>> files = connection.catalog().files(found);
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      FileDataset settings = found.get(i);
      List<SourceFile> all = files.get(i);
      all.forEach(file ->
          candidates.add(new Candidate(settings, new Name(settings.id(), file.name()), file, all)));
    }
    candidates.sort(
        Comparator.comparing((Candidate c) -> c.file().modified()).thenComparing(Candidate::name));
    return candidates;
  }

  /** Forgets files that are gone, and tells of those that had not been read to their end. */
  private void missing(List<Candidate> candidates, int most, List<Change> changes) {
    Set<Name> there = new HashSet<>();
    for (Candidate candidate : candidates) {
      there.add(candidate.name());
      String identity = unread.get(candidate.name());
      if (identity != null && !identity.equals(candidate.file().identity())) {
        changes.add(gone(candidate.name(), "another file took its name"));
        unread.remove(candidate.name());
      }
    }
    for (Name name : List.copyOf(unread.keySet())) {
      if (!there.contains(name) && changes.size() < most) {
        changes.add(gone(name, "the file went away"));
        unread.remove(name);
      }
    }
    if (marks.keySet().retainAll(there)) {
      printed = null;
    }
    known.keySet().retainAll(there);
    settled.keepOnly(there);
  }

  private Change gone(Name name, String how) {
    Unreadable told =
        new Unreadable(
            name.file(),
            how + " before it was read to its end",
            "put its content back under a new name, and leave files until they are read",
            "");
    return new Change.Garbled(name.dataset(), told, Change.Mark.at(connection.clock().instant()));
  }

  private void consider(Candidate candidate, int most, List<Change> changes) {
    SourceFile file = candidate.file();
    if (file.equals(known.get(candidate.name()))) {
      return;
    }
    try {
      boolean whole = !candidate.settings().isLines(file);
      Place from = from(candidate, whole);
      boolean more = !from.isDone() && (whole || file.size() > from.offset());
      if (!more) {
        unread.remove(candidate.name());
        known.put(candidate.name(), file);
        return;
      }
      unread.put(candidate.name(), file.identity());
      boolean finished = settled.is(candidate.name(), file);
      if (!whole || finished) {
        open(candidate, from, whole, !finished, most, changes);
      }
    } catch (NoSuchFileException | FileNotFoundException e) {
      // What went away the next look finds missing, and tells; what may not be opened is told here.
      if (SourceFile.isThere(file.path())) {
        throw Faults.unreachable(file.path(), e);
      }
    } catch (IOException e) {
      throw Faults.unreachable(file.path(), e);
    }
  }

  private Place from(Candidate candidate, boolean whole) throws IOException {
    Mark mark = marks.get(candidate.name());
    SourceFile file = candidate.file();
    if (mark == null || !mark.identity().equals(file.identity())) {
      return Place.START;
    }
    if (whole) {
      return mark.print().equals(Fingerprint.whole(file)) ? mark.place() : Place.START;
    }
    boolean shorter = !mark.place().isDone() && file.size() < mark.place().offset();
    boolean same = !shorter && mark.print().equals(Fingerprint.head(file, mark.place().offset()));
    return same ? mark.place() : Place.START;
  }

  private void open(
      Candidate candidate,
      Place from,
      boolean whole,
      boolean growing,
      int most,
      List<Change> changes)
      throws IOException {
    Dataset shape = connection.describe().dataset(candidate.settings(), candidate.all());
    Reading reading =
        new Reading(
            candidate.file(),
            candidate.settings(),
            shape,
            connection.folder().maxRecord(),
            growing);
    Open opened = new Open(candidate.name(), candidate.file(), shape, whole, reading.from(from));
    current = opened;
    read(opened, most, changes);
  }

  private void read(Open open, int most, List<Change> changes) {
    try {
      Portion portion = open.portions().next(most);
      while (portion.isEmpty() && !portion.end()) {
        portion = open.portions().next(most);
      }
      collect(open, portion, changes);
      mark(open, portion);
      if (portion.end()) {
        closeCurrent();
      }
    } catch (IOException e) {
      closeCurrent();
      throw Faults.unreachable(open.file().path(), e);
    }
  }

  private void mark(Open open, Portion portion) throws IOException {
    Place place = portion.after();
    if (open.whole() && portion.end()) {
      place = new Place(Place.DONE, place.line());
    }
    String print =
        open.whole()
            ? Fingerprint.whole(open.file())
            : Fingerprint.head(open.file(), place.offset());
    marks.put(open.name(), new Mark(open.file().identity(), place, print));
    printed = null;
    if (place.isDone() || place.offset() >= open.file().size()) {
      unread.remove(open.name());
    }
  }

  private void collect(Open open, Portion portion, List<Change> changes) {
    Change.Mark mark = Change.Mark.at(open.file().modified());
    DatasetId id = open.name().dataset();
    long number = 0;
    for (Row row : portion.rows()) {
      Key key =
          open.shape().key().isEmpty()
              ? numbered(open, portion, number++)
              : row.key(open.shape().key());
      changes.add(new Change.Upserted(id, key, row, Optional.empty(), mark));
    }
    portion.unreadable().forEach(told -> changes.add(new Change.Garbled(id, told, mark)));
  }

  /** A record without a key is only ever itself. */
  private static Key numbered(Open open, Portion portion, long number) {
    return Key.of(open.name().file(), portion.after().offset(), number);
  }

  @Override
  public void acknowledge(Position durable) {
    // Files keep themselves; there is nothing to let go of.
  }

  private void closeCurrent() {
    Open open = current;
    current = null;
    if (open != null) {
      try {
        open.portions().close();
      } catch (IOException e) {
        throw Faults.unreachable(open.file().path(), e);
      }
    }
  }

  @Override
  public void close() {
    watch.close();
    closeCurrent();
  }
}
