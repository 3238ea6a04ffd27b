package dev.lockstep.simulation;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records by key, each field as text in one form whatever system it comes from, so that two systems
 * can be compared field by field.
 */
record Records(SortedMap<String, SortedMap<String, String>> byKey) {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** Of a table. */
  static Records of(String url, String sql, String key) throws SQLException {
    SortedMap<String, SortedMap<String, String>> records = new TreeMap<>();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      ResultSetMetaData columns = rows.getMetaData();
      while (rows.next()) {
        SortedMap<String, String> fields = new TreeMap<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          fields.put(columns.getColumnName(i), form(columns.getColumnName(i), rows.getString(i)));
        }
        records.put(rows.getString(key), fields);
      }
    }
    return new Records(records);
  }

  /** Of JSON objects whose field {@code id} is the key. */
  static Records ofJson(Collection<String> objects) {
    SortedMap<String, SortedMap<String, String>> records = new TreeMap<>();
    for (String object : objects) {
      JsonNode json = MAPPER.readTree(object);
      SortedMap<String, String> fields = new TreeMap<>();
      for (Map.Entry<String, JsonNode> field : json.properties()) {
        String text = field.getValue().isNull() ? null : field.getValue().asString();
        fields.put(field.getKey(), form(field.getKey(), text));
      }
      records.put(json.path("id").asString(), fields);
    }
    return new Records(records);
  }

  private static String form(String field, @org.jspecify.annotations.Nullable String text) {
    if (text == null) {
      return "null";
    }
    return field.equals("amount")
        ? new BigDecimal(text).stripTrailingZeros().toPlainString()
        : "'" + text + "'";
  }

  int size() {
    return byKey.size();
  }

  /** Those whose keys others have too: a target from which nothing is deleted holds more. */
  Records only(Records others) {
    SortedMap<String, SortedMap<String, String>> left = new TreeMap<>(byKey);
    left.keySet().retainAll(others.byKey().keySet());
    return new Records(left);
  }

  /**
   * Counts every record that one side has and the other has not, or has otherwise, as lost. This is
   * what the target should hold.
   */
  void compareWith(Records target, String place, Tally tally) {
    tally.compared(size());
    byKey.forEach((key, fields) -> {
      SortedMap<String, String> found = target.byKey().get(key);
      if (!fields.equals(found)) {
        tally.lost(place + " " + key + " should be " + fields + " and is " + found);
      }
    });
    target
        .byKey()
        .forEach((key, fields) -> {
          if (!byKey.containsKey(key)) {
            tally.lost(place + " " + key + " should be gone and is " + fields);
          }
        });
  }
}
