package dev.lockstep.engine.delivery;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.FormBytes;
import dev.lockstep.connector.FormRows;
import dev.lockstep.connector.FormWriter;
import dev.lockstep.connector.FormWriter.Into;
import dev.lockstep.connector.FormWriter.Seal;
import dev.lockstep.connector.FormWriter.Taken;
import dev.lockstep.connector.Row;
import java.util.List;
import java.util.Optional;

/** Records on their way to a target that takes them in one transaction. Used once. */
public sealed interface Piece {

  /** Hands it to the target; throws what the source fails with as {@link SourceFailed}. */
  Taken into(Seal seal) throws InterruptedException;

  /** How many of its records the condition left out, once it was taken. */
  long filtered();

  /** Bytes of a form that both ends speak. */
  record AsBytes(FormWriter writer, Into into, FormBytes bytes) implements Piece {
    @Override
    public Taken into(Seal seal) throws InterruptedException {
      try {
        return writer.take(into, new FromSource(bytes), seal);
      } catch (FormBytes.Undecided e) {
        return new Taken.Refused(String.valueOf(e.getMessage()));
      }
    }

    @Override
    public long filtered() {
      return bytes.filtered();
    }
  }

  /** Rows that were mapped on their way. */
  record AsRows(FormWriter writer, Into into, Rows rows) implements Piece {
    @Override
    public Taken into(Seal seal) throws InterruptedException {
      try {
        return writer.take(into, this::next, seal);
      } catch (NotWhole e) {
        return new Taken.Refused(e.reason());
      }
    }

    private Optional<List<Row>> next() throws InterruptedException {
      try {
        return rows.next();
      } catch (ConnectorException e) {
        throw new SourceFailed(e);
      }
    }

    @Override
    public long filtered() {
      return rows.filtered();
    }
  }

  /** Mapped rows; throws {@link NotWhole} when something else came of a record. */
  interface Rows extends FormRows {
    /** How many records the condition has left out so far. */
    long filtered();
  }

  /** Not all records of a piece are to be written: they must be looked at one by one. */
  final class NotWhole extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String reason;

    public NotWhole(String reason) {
      super(reason, null, false, false);
      this.reason = reason;
    }

    String reason() {
      return reason;
    }
  }

  /** A failure of the source on its way through a target's writer. */
  final class SourceFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient ConnectorException failure;

    SourceFailed(ConnectorException failure) {
      super(failure);
      this.failure = failure;
    }

    ConnectorException failure() {
      return failure;
    }
  }

  /** Tells the source's failures from those of the target, in whose call they occur. */
  record FromSource(FormBytes bytes) implements FormBytes {
    @Override
    public int read(byte[] into, int from, int length) throws InterruptedException {
      try {
        return bytes.read(into, from, length);
      } catch (ConnectorException e) {
        throw new SourceFailed(e);
      }
    }

    @Override
    public long records() {
      return bytes.records();
    }

    @Override
    public long filtered() {
      return bytes.filtered();
    }

    @Override
    public void close() {
      bytes.close();
    }
  }
}
