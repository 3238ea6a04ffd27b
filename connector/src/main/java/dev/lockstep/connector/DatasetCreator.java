package dev.lockstep.connector;

/** Creates a dataset that a target lacks. */
public interface DatasetCreator {

  /** What {@link #create} would do, as the system's own statement, for {@code check} to show. */
  String statement(Dataset dataset);

  /** Creates the dataset; succeeds when one of that name and key is there already. */
  void create(Dataset dataset) throws InterruptedException;
}
