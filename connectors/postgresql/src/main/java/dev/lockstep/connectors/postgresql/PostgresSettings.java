package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.Setting;
import dev.lockstep.connector.Setting.Form;
import dev.lockstep.connector.Settings;
import dev.lockstep.connectors.jdbc.JdbcSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The settings of one system.
 *
 * @param tables what any database takes
 * @param slot the replication slot's name; Lockstep's own choice if empty
 * @param publication a publication that is there and is not to be touched; Lockstep makes one if
 *     empty
 * @param streaming whether the server sends large transactions before they are committed
 */
record PostgresSettings(
    JdbcSettings tables, Optional<String> slot, Optional<String> publication, boolean streaming) {
  private static final Setting URL =
      Setting.required(
          "url",
          new Form.Pattern("jdbc:postgresql:.+", "jdbc:postgresql://db.example/finance"),
          "The database.");

  private static final List<Setting> CAPTURE =
      List.of(
          Setting.optional(
              "slot",
              new Form.Pattern("[a-z0-9_]{1,63}", "lockstep_finance"),
              "The replication slot to follow changes with; by default one that Lockstep names."),
          Setting.optional(
              "publication",
              new Form.Text(),
              "A publication that is there, for a user who may not make one; it is never altered."),
          Setting.withDefault(
              "streaming",
              new Form.Flag(),
              "false",
              "Whether the server sends large transactions while they are open, to be put aside in"
                  + " the data folder until they are committed, instead of keeping them itself."));

  static final List<Setting> SETTINGS =
      Stream.concat(
              Stream.concat(
                  Stream.of(URL),
                  JdbcSettings.SETTINGS.stream()
                      .filter(setting -> !setting.name().equals(URL.name()))),
              CAPTURE.stream())
          .toList();

  /** After what time a server that says nothing is taken for gone. */
  Duration silence() {
    return tables.silence();
  }

  static PostgresSettings of(Settings settings) {
    return new PostgresSettings(
        JdbcSettings.of(settings),
        settings.optionalText("slot"),
        settings.optionalText("publication"),
        settings.flag("streaming"));
  }
}
