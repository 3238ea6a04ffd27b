package dev.lockstep.connectors.liferay;

import dev.lockstep.connector.Connection;
import dev.lockstep.connector.Connector;
import dev.lockstep.connector.ConnectorContext;
import dev.lockstep.connector.ConnectorSpec;
import dev.lockstep.connector.ConnectorSpec.Role;
import dev.lockstep.connector.Problem;
import dev.lockstep.connector.Settings;
import dev.lockstep.connectors.http.JsonApi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * {@code connector: liferay}: the objects of a Liferay, or of another Lockstep that serves
 * Liferay's APIs. Opening never touches the network.
 */
public final class LiferayConnector implements Connector {
  private static final ConnectorSpec SPEC =
      new ConnectorSpec(
          "liferay",
          "The objects of a Liferay, or of another Lockstep",
          LiferaySettings.all(),
          EnumSet.of(Role.BULK_READ, Role.CHANGE_READ, Role.WRITE, Role.LOOKUP));

  @Override
  public ConnectorSpec spec() {
    return SPEC;
  }

  @Override
  public List<Problem> validate(Settings settings) {
    List<Problem> problems = new ArrayList<>(JsonApi.problems(LiferaySettings.calls(settings)));
    LiferaySettings read = LiferaySettings.of(settings);
    if (read.interval().isZero() || read.interval().isNegative()) {
      problems.add(
          new Problem(
              "sweep.interval", "changes cannot be looked for without a pause", "write 30s"));
    }
    if (read.imports().patience().compareTo(Duration.ofSeconds(1)) < 0) {
      problems.add(
          new Problem(
              "write.patience", "no import task is over in less than a second", "write 5m"));
    }
    if (read.deletions().filter(every -> every.compareTo(read.interval()) < 0).isPresent()) {
      problems.add(
          new Problem(
              "sweep.deletions",
              "comparing all keys is dearer than looking for changes, and would be done more often",
              "write a longer time than sweep.interval, or off"));
    }
    return problems;
  }

  @Override
  public Connection open(Settings settings, ConnectorContext context) {
    JsonApi api = JsonApi.open(LiferaySettings.calls(settings), context);
    return new LiferayConnection(new Remote(api, context), LiferaySettings.of(settings), context);
  }
}
