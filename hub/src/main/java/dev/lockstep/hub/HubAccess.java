package dev.lockstep.hub;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Problem;
import dev.lockstep.store.Store;
import dev.lockstep.store.StoreException;
import java.util.List;

/** A hub as the connection's roles use it: its failures told in the connector's words. */
record HubAccess(Hub hub) {

  ObjectTable table(DatasetId dataset) {
    ObjectTable table = hub.tables().get(dataset.name());
    if (table == null) {
      throw misconfigured(
          dataset.name(),
          "the hub has no object '" + dataset + "'",
          NearestName.remedy(dataset.name(), hub.tables().keySet()));
    }
    return table;
  }

  static ConnectorException misconfigured(String setting, String message, String remedy) {
    return new ConnectorException(
        new Failure.Misconfigured(List.of(new Problem(setting, message, remedy))));
  }

  <T> T read(Store.Work<T> work) throws InterruptedException {
    return told(() -> hub.store().read(work));
  }

  <T> T write(Store.Work<T> work) throws InterruptedException {
    return told(() -> hub.store().write(work));
  }

  /**
   * What a store cannot do now it may do later: the disk is cleared, or the process started again.
   */
  <T> T told(Call<T> call) throws InterruptedException {
    try {
      return call.run();
    } catch (StoreException failed) {
      throw new ConnectorException(
          Failure.Transient.of(String.valueOf(failed.getMessage())), failed);
    }
  }

  interface Call<T> {
    T run() throws InterruptedException;
  }
}
