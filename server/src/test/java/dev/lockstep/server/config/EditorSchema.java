package dev.lockstep.server.config;

import dev.lockstep.connector.Connector;
import dev.lockstep.connector.ConnectorSpec;
import dev.lockstep.connector.Setting;
import dev.lockstep.connector.Setting.Form;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Words the language as a JSON Schema, for editors. */
final class EditorSchema {
  private static final String VARIABLE = "{\"type\": \"string\", \"pattern\": \"\\\\$\\\\{\"}";
  private static final String PERIOD = "^[0-9]{1,9} ?(ms|s|m|h|d)$";

  private EditorSchema() {}

  static String of(List<Connector> connectors) {
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put("$schema", text("https://json-schema.org/draft/2020-12/schema"));
    keys.put("title", text("lockstep.yaml"));
    Map<String, String> top = properties(Language.TOP);
    top.put("systems", named(systems(connectors)));
    keys.put("type", text("object"));
    keys.put("required", "[" + text("lockstep") + "]");
    keys.put("additionalProperties", "false");
    keys.put("properties", object(top));
    return object(keys) + "\n";
  }

  private static String systems(List<Connector> connectors) {
    return connectors.stream()
        .map(Connector::spec)
        .sorted(Comparator.comparing(ConnectorSpec::name))
        .map(EditorSchema::system)
        .collect(Collectors.joining(",\n", "{\"oneOf\": [\n", "]}"));
  }

  private static String system(ConnectorSpec spec) {
    List<Setting> settings =
        Stream.concat(Language.SYSTEM.stream(), spec.settings().stream()).toList();
    Map<String, String> properties = properties(settings);
    properties.put("connector", "{\"const\": " + text(spec.name()) + "}");
    return section(settings, properties);
  }

  private static Map<String, String> properties(List<Setting> settings) {
    Map<String, String> properties = new LinkedHashMap<>();
    for (Setting setting : settings) {
      properties.put(
          setting.name(),
          "{\"description\": "
              + text(setting.description())
              + ", "
              + form(setting.form()).substring(1));
    }
    return properties;
  }

  private static String section(List<Setting> settings, Map<String, String> properties) {
    String required =
        settings.stream()
            .filter(Setting::required)
            .map(setting -> text(setting.name()))
            .collect(Collectors.joining(", "));
    return "{\"type\": \"object\", \"additionalProperties\": false, \"required\": ["
        + required
        + "], \"properties\": "
        + object(properties)
        + "}";
  }

  private static String named(String value) {
    return "{\"type\": \"object\", \"additionalProperties\": " + value + "}";
  }

  private static String form(Form form) {
    return switch (form) {
      case Form.Text _, Form.Hidden _ -> "{\"type\": [\"string\", \"number\", \"boolean\"]}";
      case Form.Whole(long min, long max) ->
          orVariable("{\"type\": \"integer\", \"minimum\": " + min + ", \"maximum\": " + max + "}");
      case Form.Flag() -> orVariable("{\"type\": \"boolean\"}");
      case Form.Period() -> orVariable("{\"type\": \"string\", \"pattern\": " + text(PERIOD) + "}");
      case Form.Choice(List<String> words) ->
          orVariable(
              "{\"enum\": ["
                  + words.stream().map(EditorSchema::text).collect(Collectors.joining(", "))
                  + "]}");
      case Form.Pattern(String regex, String example) ->
          "{\"type\": [\"string\", \"number\"], \"examples\": [" + text(example) + "]}";
      case Form.ListOf(Form element) ->
          "{\"anyOf\": [{\"type\": \"array\", \"items\": "
              + form(element)
              + "}, "
              + form(element)
              + "]}";
      case Form.Section(List<Setting> settings) -> section(settings, properties(settings));
      case Form.Named(Form value) -> named(form(value));
      case Form.Either(Form one, Form other) ->
          "{\"anyOf\": [" + form(one) + ", " + form(other) + "]}";
    };
  }

  private static String orVariable(String schema) {
    return "{\"anyOf\": [" + schema + ", " + VARIABLE + "]}";
  }

  private static String object(Map<String, String> keys) {
    return keys.entrySet().stream()
        .map(entry -> text(entry.getKey()) + ": " + entry.getValue())
        .collect(Collectors.joining(",\n", "{", "}"));
  }

  private static String text(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
