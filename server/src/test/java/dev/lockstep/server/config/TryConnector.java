package dev.lockstep.server.config;

import dev.lockstep.connector.Connection;
import dev.lockstep.connector.Connector;
import dev.lockstep.connector.ConnectorContext;
import dev.lockstep.connector.ConnectorSpec;
import dev.lockstep.connector.ConnectorSpec.Role;
import dev.lockstep.connector.Problem;
import dev.lockstep.connector.Setting;
import dev.lockstep.connector.Setting.Form;
import dev.lockstep.connector.Settings;
import java.util.List;
import java.util.Set;

/**
 * Connectors with a setting of every form, which need no system: configurations are checked
 * offline.
 */
record TryConnector(ConnectorSpec spec) implements Connector {

  private static final List<Setting> SETTINGS =
      List.of(
          Setting.required(
              "url", new Form.Pattern("(db|https)://\\S+", "db://server/base"), "where it is"),
          Setting.optional("user", new Form.Text(), "who connects"),
          Setting.optional("password", new Form.Hidden(), "the user's password"),
          Setting.withDefault("connections", new Form.Whole(1, 50), "4", "how many at once"),
          Setting.withDefault("secure", new Form.Flag(), "true", "whether to encrypt"),
          Setting.withDefault("timeout", new Form.Period(), "30s", "how long to wait"),
          Setting.withDefault(
              "isolation", new Form.Choice(List.of("snapshot", "serial")), "snapshot", "how"),
          Setting.optional("tables", new Form.ListOf(new Form.Text()), "which tables"),
          Setting.withDefault(
              "auth",
              new Form.Either(
                  new Form.Choice(List.of("none")),
                  new Form.Section(
                      List.of(Setting.required("bearer", new Form.Hidden(), "a token")))),
              "none",
              "how to prove who we are"),
          Setting.optional(
              "datasets",
              new Form.Named(
                  new Form.Section(
                      List.of(Setting.required("get", new Form.Text(), "the path to read")))),
              "what there is"));

  /** Can do everything. */
  static final TryConnector DB =
      new TryConnector(new ConnectorSpec("db", "a database", SETTINGS, Set.of(Role.values())));

  /** Tells no changes and creates nothing. */
  static final TryConnector API =
      new TryConnector(
          new ConnectorSpec(
              "api", "an API", SETTINGS, Set.of(Role.BULK_READ, Role.WRITE, Role.LOOKUP)));

  /** Can only be written. */
  static final TryConnector SINK =
      new TryConnector(new ConnectorSpec("sink", "a sink", List.of(), Set.of(Role.WRITE)));

  /** Can only be followed. */
  static final TryConnector FEED =
      new TryConnector(new ConnectorSpec("feed", "a feed", List.of(), Set.of(Role.CHANGE_READ)));

  static final List<Connector> ALL = List.of(DB, API, SINK, FEED);

  @Override
  public List<Problem> validate(Settings settings) {
    return settings.sections("datasets").containsKey("forbidden")
        ? List.of(
            new Problem(
                "datasets.forbidden.get", "this dataset is forbidden", "leave it out of datasets"))
        : List.of();
  }

  @Override
  public Connection open(Settings settings, ConnectorContext context) {
    throw new UnsupportedOperationException("configurations are checked offline");
  }
}
