package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.Setting;
import dev.lockstep.connector.Setting.Form;
import dev.lockstep.connector.Settings;
import dev.lockstep.connectors.jdbc.JdbcSettings;
import java.util.List;
import java.util.stream.Stream;

/**
 * The settings of one system.
 *
 * @param tables what any database takes
 */
record PostgresSettings(JdbcSettings tables) {
  private static final Setting URL =
      Setting.required(
          "url",
          new Form.Pattern("jdbc:postgresql:.+", "jdbc:postgresql://db.example/finance"),
          "The database.");

  static final List<Setting> SETTINGS =
      Stream.concat(
              Stream.of(URL),
              JdbcSettings.SETTINGS.stream().filter(setting -> !setting.name().equals(URL.name())))
          .toList();

  static PostgresSettings of(Settings settings) {
    return new PostgresSettings(JdbcSettings.of(settings));
  }
}
