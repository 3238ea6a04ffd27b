package dev.lockstep.server.liferay;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** The objects that the tests keep in step: tickets with a picklist, and their replies. */
final class Tickets {
  private static final String DEFINITIONS =
      "/o/object-admin/v1.0/object-definitions/by-external-reference-code/";

  private Tickets() {}

  static void define(Side instance) throws Exception {
    put(
        instance,
        "/o/headless-admin-list-type/v1.0/list-type-definitions/by-external-reference-code/STATES",
        """
        {"name": "States", "listTypeEntries": [{"key": "open", "name": "Open"}, {"key": "closed", "name": "Closed"}]}
        """);
    put(
        instance,
        DEFINITIONS + "TICKET",
        """
        {"name": "Ticket", "label": {"en_US": "T"}, "pluralLabel": {"en_US": "T"}, "status": {"code": 0},
         "objectFields": [
          {"name": "subject", "label": {"en_US": "S"}, "businessType": "Text"},
          {"name": "number", "label": {"en_US": "N"}, "businessType": "Integer"},
          {"name": "cost", "label": {"en_US": "C"}, "businessType": "PrecisionDecimal"},
          {"name": "due", "label": {"en_US": "D"}, "businessType": "Date"},
          {"name": "seen", "label": {"en_US": "D"}, "businessType": "DateTime"},
          {"name": "state", "label": {"en_US": "S"}, "businessType": "Picklist",
           "listTypeDefinitionExternalReferenceCode": "STATES"},
          {"name": "tags", "label": {"en_US": "S"}, "businessType": "MultiselectPicklist",
           "listTypeDefinitionExternalReferenceCode": "STATES"}]}
        """);
    put(
        instance,
        DEFINITIONS + "REPLY",
        """
        {"name": "Reply", "label": {"en_US": "R"}, "pluralLabel": {"en_US": "R"}, "status": {"code": 0},
         "objectFields": [{"name": "text", "label": {"en_US": "T"}, "businessType": "LongText"}]}
        """);
    instance
        .send(
            "POST",
            DEFINITIONS + "TICKET/object-relationships",
            """
            {"name": "replies", "label": {"en_US": "R"}, "type": "oneToMany", "deletionType": "cascade",
             "objectDefinitionExternalReferenceCode2": "REPLY"}
            """)
        .is(200);
  }

  private static void put(Side instance, String path, String body) throws Exception {
    instance.send("PUT", path, body).is(200);
  }

  static Instance.Answer put(Side instance, String objects, String code, String body)
      throws Exception {
    return instance.send(
        "PUT", "/o/c/" + objects + "/by-external-reference-code/" + code, body.replace('\'', '"'));
  }

  static Instance.Answer delete(Side instance, String objects, String code) throws Exception {
    return instance.send("DELETE", "/o/c/" + objects + "/by-external-reference-code/" + code, "");
  }

  /** What entries hold, without what each side sets by itself, by their codes. */
  static Map<String, String> contents(Side instance, String objects) throws Exception {
    Map<String, String> contents = new TreeMap<>();
    int last = 1;
    for (int page = 1; page <= last; page++) {
      JsonNode answer =
          instance
              .send("GET", "/o/c/" + objects + "?pageSize=500&sort=id:asc&page=" + page, "")
              .is(200)
              .json();
      last = answer.path("lastPage").intValue();
      for (JsonNode item : answer.path("items")) {
        contents.put(item.path("externalReferenceCode").asString(), shown(item));
      }
    }
    return contents;
  }

  private static String shown(JsonNode item) {
    StringBuilder shown = new StringBuilder();
    for (String field :
        new String[] {
          "subject",
          "number",
          "cost",
          "due",
          "seen",
          "state",
          "tags",
          "text",
          "r_replies_c_ticketERC"
        }) {
      if (item.has(field)) {
        shown.append(field).append('=').append(item.get(field)).append(' ');
      }
    }
    return shown.toString();
  }
}
