package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.ChangeReader.ChangeBatch;
import dev.lockstep.connector.ChangeReader.ChangeCursor;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Position;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * An open stream of changes. A batch ends where nothing more has come, at its limits, or where its
 * transaction ends after them; so that it is small and early while little happens, and large when
 * much does.
 */
final class PgLogCursor implements ChangeCursor {
  // Invariant 8: memory is bounded by configuration, never by data.
  private static final long MOST_BYTES = 8L << 20;

  /** How long to wait for the rest of a transaction before what came of it is handed over. */
  private static final long REST_NANOS = 10_000_000;

  /**
   * The server sends every message by itself. While many come, whoever reads them one by one spends
   * more on being woken than on reading, so the next are left to gather for a moment.
   */
  private static final long GATHER_NANOS = 200_000;

  private static final int MANY = 64;

  private static final long TELL_NANOS = 100_000_000;

  /** How often the server is told where this side stands, even when that is where it stood. */
  private static final long REMIND_NANOS = 10_000_000_000L;

  /** How many messages of open transactions are put aside before anything else is looked at. */
  private static final int MOST_ASIDE = 4096;

  /**
   * How often a server that has nothing to send is asked how far it has read, while that counts.
   */
  private static final long ASK_NANOS = 10_000_000;

  private final Opening opening;
  private final PgReplication.Identity server;
  private final long silenceNanos;
  private final PgLag lag;
  private final PgRelations relations;
  private final PgLogTransaction transaction = new PgLogTransaction();
  private final PgOutput output;

  /** What commits from here on is not handed over. */
  private final long boundary;

  private final PgAside aside;
  private PgStream stream;
  private boolean binary;
  private byte @Nullable [] held;
  private int lastBatch;

  /** What of the batch came before the transaction that is open. */
  private int sizeBefore;

  private long bytesBefore;

  /** All transactions that commit before it were handed over. */
  private long done;

  private long acknowledged;

  /** Acknowledged as well, and not looked at yet: most are overtaken before the server is told. */
  private @Nullable Position latest;

  private long told;
  private long toldAt;
  private long askedAt;
  private boolean closed;

  /** How the stream is started again where its form must change. */
  interface Opening {
    PgStream open(long from, boolean binary) throws InterruptedException;

    /** What an error of the stream means. */
    ConnectorException failure(SQLException e, Position at) throws InterruptedException;
  }

  PgLogCursor(
      Opening opening,
      PgReplication.Identity server,
      PgRelations relations,
      PgPosition after,
      long boundary,
      boolean binary,
      Duration silence,
      PgAside aside,
      PgLag lag)
      throws InterruptedException {
    this.opening = opening;
    this.server = server;
    this.relations = relations;
    this.silenceNanos = silence.toNanos();
    this.output = new PgOutput(relations, transaction);
    this.boundary = boundary;
    this.done = after.lsn();
    this.told = after.lsn();
    this.acknowledged = after.lsn();
    this.toldAt = System.nanoTime();
    this.askedAt = toldAt - ASK_NANOS;
    this.binary = binary;
    this.aside = aside;
    this.lag = lag;
    transaction.skip(after.inside().orElse(null));
    this.stream = opening.open(done, binary);
  }

  @Override
  public ChangeBatch next(int maxChanges, Duration patience) throws InterruptedException {
    if (Thread.interrupted()) {
      close();
      throw new InterruptedException();
    }
    try {
      gather(maxChanges, System.nanoTime() + patience.toNanos());
      long bytes = output.bytes();
      lastBatch = output.size();
      sizeBefore = 0;
      bytesBefore = 0;
      if (output.size() > 0) {
        lag.read(done, transaction.committed());
      }
      Position position = position().position();
      return new ChangeBatch(output.take(), position, transaction.inside().isEmpty(), bytes);
    } catch (SQLException e) {
      throw broken(e);
    } catch (IOException e) {
      throw broken(new SQLException("the stream broke: " + e.getMessage(), "08006", e));
    }
  }

  private RuntimeException broken(SQLException e) throws InterruptedException {
    close();
    if (Thread.interrupted()) {
      throw (InterruptedException) new InterruptedException().initCause(e);
    }
    return opening.failure(e, position().position());
  }

  private void gather(int most, long until) throws SQLException, IOException, InterruptedException {
    tellInTime();
    while (done < boundary) {
      byte[] message = held;
      held = null;
      if (message == null) {
        message = poll();
      }
      if (message == null && isFlowing()) {
        LockSupport.parkNanos(GATHER_NANOS);
        message = poll();
      }
      if (message == null) {
        message = await(until);
        if (message == null) {
          return;
        }
      }
      if (isFull(most) && isLong(most) && PgOutput.isChange(message)) {
        held = message;
        return;
      }
      if (PgOutput.type(message) == 'B' && PgOutput.commit(message) >= boundary) {
        done = boundary;
        return;
      }
      take(message);
      if (!transaction.isOpen() && isFull(most)) {
        return;
      }
    }
  }

  /**
   * The next message of what is committed, null when none has come yet, or only ones of open
   * transactions for a while.
   */
  private byte @Nullable [] poll() throws SQLException, IOException {
    if (aside.isGiving()) {
      return aside.next();
    }
    for (int i = 0; i < MOST_ASIDE; i++) {
      byte[] message = stream.poll();
      if (message == null || !aside.takes(message)) {
        return message;
      }
      if (aside.isGiving()) {
        return aside.next();
      }
    }
    return null;
  }

  private boolean isFlowing() {
    return output.size() >= MANY || (output.size() > 0 && lastBatch >= MANY);
  }

  private boolean isFull(int most) {
    return output.size() >= most || output.bytes() >= MOST_BYTES;
  }

  /**
   * Whether the transaction would fill a batch by itself. A shorter one is read to its end, so that
   * who takes batches comes by ends of transactions however busy the source is.
   */
  private boolean isLong(int most) {
    return output.size() - sizeBefore >= most || output.bytes() - bytesBefore >= MOST_BYTES;
  }

  /** The next message; null when the batch is to be handed over as it is. */
  private byte @Nullable [] await(long until) throws SQLException, IOException {
    boolean any = output.size() > 0;
    if (any && !transaction.isOpen()) {
      return null;
    }
    long end = any ? System.nanoTime() + REST_NANOS : until;
    while (true) {
      tellInTime();
      long now = System.nanoTime();
      if (now >= end) {
        return null;
      }
      long left = end - now;
      if (isBehind()) {
        left = Math.min(left, Math.max(1, toldAt + TELL_NANOS - now));
      }
      if (isEnding()) {
        if (stream.end() >= boundary) {
          return null;
        }
        left = Math.min(left, ASK_NANOS);
        if (now - askedAt >= ASK_NANOS) {
          askedAt = now;
          stream.tell(told, true);
        }
      }
      if (stream.await(left, silenceNanos, told)) {
        byte[] message = stream.take();
        if (message != null && aside.takes(message)) {
          message = poll();
        }
        if (message != null) {
          return message;
        }
      }
    }
  }

  /** Whether a silent server may have reached the end already. */
  private boolean isEnding() {
    return boundary != Long.MAX_VALUE && !transaction.isOpen();
  }

  private void take(byte[] message) throws SQLException, InterruptedException {
    switch (PgOutput.type(message)) {
      case 'B' -> begin(message);
      case 'C' -> {
        transaction.end();
        done = PgOutput.commitEnd(message);
      }
      case 'I', 'U', 'D', 'T' -> output.change(message);
      case 'R' -> describe(message);
      case 'M' -> output.message(message);
      default -> {
        // Types and origins, which the catalogue and our own messages tell better.
      }
    }
  }

  private void begin(byte[] message) {
    sizeBefore = output.size();
    bytesBefore = output.bytes();
    if (!output.begin(message)) {
      throw PgPosition.lost(
          position().position(),
          "the transaction in which position '"
              + position().position()
              + "' lies is not in the log any more");
    }
  }

  /** A table with a column that has no binary form makes the whole stream come as text. */
  private void describe(byte[] message) throws InterruptedException {
    Optional<PgRelation> relation = relations.learn(message, PgStream.HEADER + 1);
    if (binary && relation.isPresent() && !isBinary(relation.get())) {
      stream.close();
      aside.close();
      binary = false;
      transaction.skip(transaction.inside().orElse(null));
      relations.restart();
      stream = opening.open(done, false);
    }
  }

  private static boolean isBinary(PgRelation relation) {
    for (PgCodec codec : relation.codecs()) {
      if (!codec.isBinary()) {
        return false;
      }
    }
    return true;
  }

  /** After what was handed over and what is being gathered. */
  private PgPosition position() {
    long end = Math.min(stream.end(), boundary);
    if (!transaction.isOpen() && end > done) {
      // All that commits before the end of what the server has read was sent before it said so.
      transaction.passed(end);
      done = transaction.inside().isEmpty() ? end : done;
    }
    Optional<PgPosition.Inside> inside = transaction.inside();
    return new PgPosition(server.system(), server.timeline(), done, inside);
  }

  @Override
  public void acknowledge(Position durable) throws InterruptedException {
    latest = durable;
    try {
      tellInTime();
    } catch (SQLException e) {
      throw broken(e);
    }
  }

  private void tellInTime() throws SQLException {
    long now = System.nanoTime();
    // While a large transaction is handed over, nothing of the server's is read for long.
    if (stream.isAsked() || now - toldAt >= (isBehind() ? TELL_NANOS : REMIND_NANOS)) {
      tell(now);
    }
  }

  /** Whether more is acknowledged than the server knows. */
  private boolean isBehind() {
    return latest != null || acknowledged > told;
  }

  private void learn() {
    if (latest != null) {
      acknowledged = Math.max(acknowledged, PgPosition.of(latest).lsn());
      latest = null;
      lag.acknowledged(acknowledged);
    }
  }

  private void tell(long now) throws SQLException {
    learn();
    // Invariant 1: never beyond what was acknowledged.
    stream.tell(acknowledged, false);
    told = acknowledged;
    toldAt = now;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (isBehind()) {
        tell(System.nanoTime());
      }
    } catch (SQLException e) {
      // The next stream tells it.
      told = acknowledged;
    } finally {
      stream.close();
      aside.close();
    }
  }
}
