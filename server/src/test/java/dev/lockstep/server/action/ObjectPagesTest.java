package dev.lockstep.server.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages on which a person looks at objects, entries and what became of one. */
class ObjectPagesTest {
  @TempDir private Path folder;

  @Test
  void showsObjectsEntriesAndWhatBecameOfOne() throws Exception {
    try (Receiver receiver = new Receiver();
        Served served = Served.open(folder, true).withTickets()) {
      served.action("added", "onAfterAdd", receiver.url("/hook"), "").is(200);
      for (int i = 0; i < 26; i++) {
        served.put("t-" + i, "{'number':" + i + ",'subject':'<b>ü</b>'}");
      }
      Served.until("all came", () -> receiver.got("/hook").size() == 26);
      String objects = served.get("/objects").is(200).body();
      assertThat(objects).contains("/objects/tickets").contains("<td class=\"num\">26</td>");
      assertThat(served.get("/").is(200).body()).contains("<a href=\"/objects\">");

      String first = served.get("/objects/tickets").is(200).body();
      assertThat(first)
          .contains("1 to 25 of 26")
          .contains("rel=\"next\"")
          .doesNotContain("rel=\"prev\"")
          .contains("&lt;b&gt;ü&lt;/b&gt;")
          .doesNotContain("<b>ü");
      assertThat(served.get("/objects/tickets?page=2").is(200).body())
          .contains("26 to 26 of 26")
          .contains("rel=\"prev\"")
          .doesNotContain("rel=\"next\"");
      assertThat(entries(served, "number gt 23", "number:desc"))
          .containsSubsequence("t-25", "t-24")
          .contains("1 to 2 of 2");
      assertThat(entries(served, "nmber gt 23", "")).contains("write 'number'");
      assertThat(entries(served, "number gt 99", "")).contains("No entry is like this");

      served.put("t-3", "{'number':33}");
      long id =
          served
              .get("/o/c/tickets/by-external-reference-code/t-3")
              .is(200)
              .json()
              .path("id")
              .longValue();
      String entry = served.get("/objects/tickets/" + id).is(200).body();
      assertThat(entry).containsSubsequence("changed", "<del>3</del>", "<ins>33</ins>", "added");
      assertThat(entry).contains("answered 200").contains("Send again");
      String replay = entry.replaceAll("(?s).*hx-post=\"(/objects/deliveries/[^\"]*)\".*", "$1");
      assertThat(served.send("POST", replay, "").is(200).body()).contains("sent again, and taken");
      assertThat(receiver.got("/hook")).hasSize(27);

      for (String nothing :
          new String[] {"/objects/none", "/objects/tickets/9999", "/objects/tickets/x"}) {
        assertThat(served.get(nothing).is(404).body()).contains("Not found");
      }
    }
  }

  private static String entries(Served served, String filter, String sort) throws Exception {
    String query = "filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8) + "&sort=" + sort;
    return served.get("/objects/tickets?" + query).is(200).body();
  }
}
