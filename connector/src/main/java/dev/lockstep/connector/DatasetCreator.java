package dev.lockstep.connector;

import java.util.List;

/** Creates a dataset that a target lacks. */
public interface DatasetCreator {

  /** What {@link #create} would do, as the system's own statement, for {@code check} to show. */
  String statement(Dataset dataset);

  /** Creates the dataset; succeeds when one of that name and key is there already. */
  void create(Dataset dataset) throws InterruptedException;

  /**
   * Adds fields that a dataset lacks, which are null in the records there are; those it has already
   * stay as they are. Throws {@link ConnectorException} where that cannot be done.
   */
  default void addFields(DatasetId dataset, List<Field> fields) throws InterruptedException {
    throw new ConnectorException(new Failure.Permanent("no fields can be added to " + dataset));
  }

  /**
   * Gives a field a wider type, which holds all that it holds now. Throws {@link
   * ConnectorException} where that cannot be done.
   */
  default void widen(DatasetId dataset, Field field) throws InterruptedException {
    throw new ConnectorException(
        new Failure.Permanent("field " + field.name() + " of " + dataset + " cannot be widened"));
  }
}
