package dev.lockstep.connector;

import dev.lockstep.connector.BulkReader.Page;
import dev.lockstep.connector.BulkReader.Partition;
import dev.lockstep.connector.BulkReader.Request;
import java.util.List;
import java.util.Optional;

/**
 * Reads the records that exist piece by piece: as bytes of a form that the target takes as they
 * are, or as rows. All pieces of a read are seen at one moment, so that a record that moves between
 * them while they are read is neither lost nor doubled. Thread-safe.
 */
public interface FormReader {

  /** Why a dataset cannot be read in pieces, in words that end a sentence; empty when it can. */
  Optional<String> declines(DatasetId dataset) throws InterruptedException;

  /** Why a selection cannot be sent, in words that end a sentence; empty when it can. */
  Optional<String> declines(Selection selection) throws InterruptedException;

  /**
   * Splits a read into pieces that together cover every record once, each of a size that a target
   * can take in one transaction. Called once per run; the answer is stored and handed to {@link
   * #open}, also after a restart.
   */
  List<Partition> plan(DatasetId dataset) throws InterruptedException;

  /**
   * Opens a read, which sees the dataset as it is now, or as it was where a subscription to its
   * changes begins ({@link ChangeReader#handedOver}).
   *
   * @param pieces all that were planned. {@link Failure.PositionLost} says that they no longer
   *     cover the dataset, and it must be planned again.
   */
  FormRead open(DatasetId dataset, List<Partition> pieces) throws InterruptedException;

  /**
   * What to send.
   *
   * @param fields the source's fields, in the order of the form's types
   * @param filter which records to send; all of them where there is none
   */
  record Selection(DatasetId dataset, List<String> fields, BulkForm form, Optional<Filter> filter) {
    public Selection {
      fields = List.copyOf(fields);
    }
  }

  /**
   * A read of one moment. Thread-safe; what it hands out is not. A {@link ConnectorException} may
   * mean that the moment is gone: then it is closed and another is opened.
   */
  interface FormRead extends AutoCloseable {

    /** The moment, as a text without blanks; differs for every state of the source. */
    String moment();

    /**
     * Sends a piece.
     *
     * @param since the moment at which the piece was read before: records that were visible then
     *     may be left out
     */
    FormBytes bytes(Selection selection, Partition piece, Optional<String> since)
        throws InterruptedException;

    /** Sends all records of a selection, whatever the pieces. */
    FormBytes all(Selection selection) throws InterruptedException;

    /**
     * Reads a piece as rows, for when its records must be looked at on their way. Asked for again
     * at the same moment, they come in the same order.
     *
     * @param after how many of them to leave out, those that cannot be read among them
     */
    Cursor<Page> rows(Request request, Partition piece, Optional<String> since, long after)
        throws InterruptedException;

    @Override
    void close();
  }
}
