package dev.lockstep.engine.twoway;

import dev.lockstep.connector.BulkReader;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Lookup;
import dev.lockstep.connector.Problem;
import dev.lockstep.engine.run.Route;
import dev.lockstep.engine.sync.Steps;
import dev.lockstep.engine.sync.TwoWay;
import dev.lockstep.store.Store;
import java.time.InstantSource;
import java.util.List;

/** Two datasets that are kept equal, while both can be reached and fit the configuration. */
public final class Pair {
  private final TwoWay rules;
  private final Side from;
  private final Side to;
  private final FieldPairs pairs;
  private final AgreedTable agreed;
  private final Conflicts conflicts;
  private final Store store;
  private final InstantSource clock;
  private final Steps steps;

  /**
   * @throws ConnectorException where the two cannot be kept equal, with the reason
   */
  public Pair(Route there, Route back, Store store, InstantSource clock, Steps steps) {
    this.rules = there.spec().twoWay().orElseThrow();
    this.store = store;
    this.clock = clock;
    this.steps = steps;
    this.from = side(End.FROM, there, back);
    this.to = side(End.TO, back, there);
    this.pairs = FieldPairs.of(rules.name(), there.mapper(), back.mapper());
    this.agreed = new AgreedTable(store, rules.name());
    this.conflicts = new Conflicts(store);
    checkKeys(there);
    checkFields();
  }

  /**
   * @param out the sync that reads this end
   * @param in the sync that writes it
   */
  private Side side(End end, Route out, Route in) {
    Lookup lookup =
        in.targetLookup()
            .orElseThrow(() -> refused("", out.spec().from() + " cannot be read by key"));
    BulkReader reader =
        out.reader().orElseThrow(() -> refused("", out.spec().from() + " cannot be read in bulk"));
    return new Side(end, out.source(), lookup, reader, out.mapper(), in.delivery().exchange());
  }

  private void checkKeys(Route there) {
    if (!there.mapper().key().equals(there.target().key())) {
      throw refused(
          ".key",
          "records of "
              + there.spec().to()
              + " are found by its own key "
              + there.target().key()
              + ", not by "
              + there.mapper().key());
    }
  }

  private void checkFields() {
    for (String field : rules.fields().keySet()) {
      if (!pairs.names(End.TO).contains(field)) {
        throw refused(
            ".conflicts.fields." + field,
            "no such field is kept equal; there are " + pairs.names(End.TO));
      }
    }
  }

  private ConnectorException refused(String setting, String message) {
    return new ConnectorException(
        new Failure.Misconfigured(
            List.of(
                new Problem(
                    "syncs." + rules.name() + setting,
                    message,
                    "correct it, or leave out `direction: both`"))));
  }

  TwoWay rules() {
    return rules;
  }

  Side side(End end) {
    return end == End.FROM ? from : to;
  }

  FieldPairs pairs() {
    return pairs;
  }

  AgreedTable agreed() {
    return agreed;
  }

  Conflicts conflicts() {
    return conflicts;
  }

  Store store() {
    return store;
  }

  InstantSource clock() {
    return clock;
  }

  Steps steps() {
    return steps;
  }
}
