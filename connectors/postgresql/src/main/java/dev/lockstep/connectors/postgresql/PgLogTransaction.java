package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.Change;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The transaction that is being read, and how far. */
final class PgLogTransaction {
  private static final long EPOCH_SECOND = 946_684_800L;
  private static final long MICROS = 1_000_000;

  private boolean open;
  private long commit;
  private long micros;
  private int xid;
  private Optional<String> origin = Optional.empty();
  private Change.@Nullable Mark mark;
  private long change;
  private int count;
  private PgPosition.@Nullable Inside skip;

  /** What was read already of the transaction that comes next. */
  void skip(PgPosition.@Nullable Inside read) {
    open = false;
    skip = read;
  }

  /**
   * Begins a transaction.
   *
   * @return false if what was to be skipped is of a transaction before this one, which never came
   */
  boolean begin(byte[] message, int at) {
    open = true;
    commit = PgBuffer.getLong(message, at);
    micros = PgBuffer.getLong(message, at + 8);
    xid = PgBuffer.getInt(message, at + 16);
    origin = Optional.empty();
    mark = null;
    change = 0;
    count = 0;
    return skip == null || commit <= skip.commit();
  }

  /** The log was read up to here: what was to be skipped has nothing more that is published. */
  void passed(long end) {
    if (skip != null && skip.commit() < end) {
      skip = null;
    }
  }

  void end() {
    if (skip != null && skip.commit() == commit) {
      skip = null;
    }
    open = false;
  }

  boolean isOpen() {
    return open;
  }

  /** Whether anything of it was read, so that the next batch begins inside it. */
  boolean isBegun() {
    return open && count > 0;
  }

  void origin(String name) {
    origin = Optional.of(name);
    mark = null;
  }

  /** When the last transaction that was begun was committed. */
  Instant committed() {
    return Instant.ofEpochSecond(
        EPOCH_SECOND + Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1000);
  }

  /** One mark for all changes of the transaction. */
  Change.Mark mark() {
    Change.Mark shared = mark;
    if (shared == null) {
      shared =
          new Change.Mark(
              committed(), Optional.empty(), Optional.of(Integer.toUnsignedString(xid)), origin);
      mark = shared;
    }
    return shared;
  }

  /** Comes to a change; false for one that was read before this stream was opened. */
  boolean isNew(long lsn) {
    count = lsn == change ? count + 1 : 1;
    change = lsn;
    PgPosition.Inside read = skip;
    if (read == null || read.commit() != commit) {
      return true;
    }
    return change > read.change() || (change == read.change() && count > read.count());
  }

  /** Where it stands in the transaction; empty when nothing of one was read. */
  Optional<PgPosition.Inside> inside() {
    PgPosition.Inside read = skip;
    if (!isBegun()) {
      return Optional.ofNullable(read);
    }
    if (read != null
        && read.commit() == commit
        && (change < read.change() || (change == read.change() && count < read.count()))) {
      return Optional.of(read);
    }
    return Optional.of(new PgPosition.Inside(commit, change, count));
  }
}
