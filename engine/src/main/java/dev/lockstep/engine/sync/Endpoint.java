package dev.lockstep.engine.sync;

import dev.lockstep.connector.DatasetId;

/** One end of a sync: a dataset in a system, written {@code crm.accounts}. */
public record Endpoint(String system, DatasetId dataset) {
  public Endpoint {
    if (system.isBlank()) {
      throw new IllegalArgumentException("a system's name is blank");
    }
  }

  public static Endpoint of(String system, String dataset) {
    return new Endpoint(system, new DatasetId(dataset));
  }

  @Override
  public String toString() {
    return system + "." + dataset;
  }
}
