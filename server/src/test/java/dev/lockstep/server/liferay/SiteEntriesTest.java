package dev.lockstep.server.liferay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of an object whose entries belong to sites each site is a dataset. */
final class SiteEntriesTest {
  private static final String PAIR = "/o/c/visits/scopes/";

  @TempDir private Path folder;

  private static void define(Side side) throws Exception {
    side.send(
            "PUT",
            "/o/object-admin/v1.0/object-definitions/by-external-reference-code/VISIT",
            """
            {"name": "Visit", "label": {"en_US": "V"}, "pluralLabel": {"en_US": "Visits"}, "scope": "site",
             "status": {"code": 0},
             "objectFields": [{"name": "who", "label": {"en_US": "W"}, "businessType": "Text"}]}
            """)
        .is(200);
  }

  private static void put(Side side, String site, String code, String who) throws Exception {
    side.send(
            "PUT",
            PAIR + site + "/by-external-reference-code/" + code,
            "{\"who\": \"" + who + "\"}")
        .is(200);
  }

  private static Map<String, String> visits(Side side, String site) throws Exception {
    Map<String, String> visits = new TreeMap<>();
    side.send("GET", PAIR + site + "?pageSize=500", "")
        .is(200)
        .json()
        .path("items")
        .forEach(item ->
            visits.put(item.path("externalReferenceCode").asString(), item.path("who").asString()));
    return visits;
  }

  @Test
  void eachSiteIsFollowedAndWrittenByItself() throws Exception {
    try (Instance source = Instance.ofObjects(folder.resolve("source"));
        Instance target = Instance.ofObjects(folder.resolve("target"))) {
      define(source);
      define(target);
      put(source, "guest", "v-1", "Ada");
      put(source, "staff", "v-1", "Bob");
      put(target, "staff", "v-9", "stays");
      try (Instance bridge =
          Instance.of(
              folder.resolve("bridge"),
              """
              systems:
                source: {connector: liferay, url: "%s", sweep: {interval: 200ms, overlap: 2s, deletions: off}}
                target: {connector: liferay, url: "%s", write: {batch: 2}}
              syncs:
                visits: {from: source.guest.visits, to: target.guest.visits, freshness: 1s, strategy: event}
              """
                  .formatted(source.address(), target.address()))) {
        Instance.until("loaded", () -> visits(target, "guest").equals(Map.of("v-1", "Ada")));
        for (int i = 2; i < 8; i++) {
          put(source, "guest", "v-" + i, "Eve");
        }
        put(source, "guest", "v-1", "Ada II");
        Instance.until("followed", () -> visits(target, "guest").equals(visits(source, "guest")));
        assertThat(visits(target, "staff")).isEqualTo(Map.of("v-9", "stays"));
        assertThat(visits(target, "guest")).hasSize(7).containsEntry("v-1", "Ada II");
        assertThat(bridge.send("GET", "/api/v1/letters", "").is(200).json().path("items"))
            .isEmpty();
      }
    }
  }
}
