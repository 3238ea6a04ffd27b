package dev.lockstep.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.BulkReader;
import dev.lockstep.connector.BulkReader.Page;
import dev.lockstep.connector.BulkReader.Request;
import dev.lockstep.connector.BulkReader.Since;
import dev.lockstep.connector.Connection;
import dev.lockstep.connector.Cursor;
import dev.lockstep.connector.Failure;
import dev.lockstep.testkit.faults.Reply;
import dev.lockstep.testkit.faults.RestTarget;
import dev.lockstep.testkit.faults.Seen;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagingTest {
  private static final int RECORDS = 23;

  private Rig rig;

  @BeforeEach
  void startApi() throws IOException {
    rig = new Rig();
  }

  @AfterEach
  void stopApi() throws IOException {
    rig.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{get: '/things?page={page}&size=5', items: items, until: lastPage}",
        "{get: '/things?page={page}&size={size}', items: items, until: empty, size: 5}",
        "{get: '/things?page={page}&size={size}', items: items, until: short, size: 5}",
        "{get: '/things?offset={offset}&limit={limit}', items: items, until: total, size: 5}",
        "{get: '/things?offset={offset}&limit={limit}', items: items, size: 5}",
        "{get: '/things?offset={offset}&limit={limit}', items: items, until: short, size: 5}",
        "{get: '/things?limit=5&after={cursor}', items: data.records, next: paging.next}",
        "{get: '/things?limit=5&after={cursor}', items: /data/records, next: /paging/next}",
        "{get: '/things?limit=5', items: data.records, paging: link, next: paging.link}",
        "{get: '/things?style=link&size=5', paging: link}",
        "{get: '/things'}",
      })
  void readsEveryRecordOnceAndResumesAnywhere(String list) throws InterruptedException {
    rig.fill(RECORDS);
    Connection connection = rig.connect("list: " + list);
    // Three rows to a page: our pages and the API's end at different places.
    Request request = new Request(Rig.THINGS, List.of(), Optional.empty(), 3);
    List<Page> pages = Rig.pages(connection, request, Optional.empty());
    assertThat(Rig.ids(pages)).isEqualTo(Rig.ids(1, RECORDS));
    int read = 0;
    for (Page page : pages) {
      assertThat(page.rows()).hasSizeLessThanOrEqualTo(3);
      read += page.rows().size();
      assertThat(
              Rig.ids(
                  Rig.pages(
                      rig.connect("list: " + list), request, Optional.of(page.resumeAfter()))))
          .as("after " + page.resumeAfter())
          .isEqualTo(Rig.ids(read + 1, RECORDS));
    }
  }

  @Test
  void asksForNoPageMoreThanItNeeds() throws InterruptedException {
    rig.fill(10);
    Rig.pages(
        rig.connect("list: {get: '/things?page={page}&size=5', items: items, until: lastPage}"));
    assertThat(rig.target.seen())
        .extracting(Seen::query)
        .containsExactly("page=1&size=5", "page=2&size=5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{get: '/things?offset={offset}&limit={limit}', items: items, until: total, size: 5}",
        "{get: '/things?page={page}&size={size}', items: items, until: lastPage, size: 5}",
      })
  void tellsHowManyRecordsThereAreOnceAPageSaidSoAndAsksNothingForIt(String list)
      throws InterruptedException {
    rig.fill(RECORDS);
    Connection connection = rig.connect("list: " + list);
    BulkReader reader = connection.bulkReader().orElseThrow();
    Request request = new Request(Rig.THINGS, List.of(), Optional.empty(), 10);
    assertThat(reader.estimate(request)).isEmpty();
    assertThat(rig.target.seen()).isEmpty();
    try (Cursor<Page> cursor = reader.read(reader.plan(request, 1).getFirst(), Optional.empty())) {
      assertThat(cursor.next()).isPresent();
      long calls = rig.target.seen().size();
      assertThat(reader.estimate(request).orElseThrow()).isBetween(23L, 25L);
      assertThat(rig.target.seen()).hasSize((int) calls);
    }
  }

  @Test
  void leavesOutAParameterThatHasNoValue() throws InterruptedException {
    rig.fill(3);
    Rig.pages(
        rig.connect(
            "list: {get: '/things?limit=5&after={cursor}', items: data.records, next: paging.next}"));
    assertThat(rig.target.seen()).extracting(Seen::query).containsExactly("limit=5");
  }

  @Test
  void startsAtTheFirstPageThatIsNamed() throws InterruptedException {
    rig.fill(10);
    Connection connection =
        rig.connect(
            "list: {get: '/things?page={page}&size=5', items: items, until: lastPage, first: 2}");
    assertThat(Rig.ids(Rig.pages(connection))).isEqualTo(Rig.ids(6, 10));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "iso=2026-01-20T00:00:00Z",
        "date=2026-01-20",
        "epochSeconds=1768867200",
        "epochMillis=1768867200000"
      })
  void writesALowerBoundInTheFormatGiven(String formatAndText) throws InterruptedException {
    rig.fill(RECORDS);
    String format = formatAndText.substring(0, formatAndText.indexOf('='));
    Connection connection =
        rig.connect(
            "list: {get: '/things?since={since}', since: {field: updatedAt, format: "
                + format
                + "}}");
    Since since = new Since("updatedAt", Instant.parse("2026-01-20T00:00:00Z"));
    Rig.pages(
        connection, new Request(Rig.THINGS, List.of(), Optional.of(since), 100), Optional.empty());
    assertThat(rig.target.seen().getLast().query())
        .isEqualTo("since=" + formatAndText.substring(format.length() + 1).replace(":", "%3A"));
  }

  @Test
  void readsOnlyWhatChangedSince() throws InterruptedException {
    rig.fill(RECORDS);
    Connection connection =
        rig.connect(
            "list: {get: '/things?limit=2&after={cursor}&since={since}', items: data.records, next: paging.next, since: {field: updatedAt}}");
    assertThat(connection.bulkReader().orElseThrow().canReadSince(Rig.THINGS, "updatedAt"))
        .isTrue();
    assertThat(connection.bulkReader().orElseThrow().canReadSince(Rig.THINGS, "name")).isFalse();
    Since since = new Since("updatedAt", "2026-01-20T00:00:00Z");
    List<Page> pages =
        Rig.pages(
            connection,
            new Request(Rig.THINGS, List.of(), Optional.of(since), 100),
            Optional.empty());
    assertThat(Rig.ids(pages)).isEqualTo(Rig.ids(19, RECORDS));
  }

  @Test
  void refusesAnApiThatAnswersTheSamePageForEver() {
    rig.target.gate(
        seen -> Optional.of(Reply.json(200, "{\"items\":[{\"id\":\"a\"}],\"next\":\"again\"}")));
    Connection connection =
        rig.connect("list: {get: '/things?after={cursor}', items: items, next: next}");
    assertThat(Rig.failure(() -> Rig.pages(connection)))
        .isInstanceOf(Failure.Permanent.class)
        .extracting(Failure::message)
        .asString()
        .contains("same page again");
  }

  /** Invariant 8: however long the circle is, and wherever it begins. */
  @ParameterizedTest
  @ValueSource(strings = {"0,2", "0,3", "1,2", "5,7", "20,40"})
  void refusesPagesThatLeadInACircle(String leadAndLength) {
    int lead = Integer.parseInt(leadAndLength.split(",")[0]);
    int length = Integer.parseInt(leadAndLength.split(",")[1]);
    rig.target.gate(seen -> {
      String query = Objects.requireNonNullElse(seen.query(), "after=p0");
      int at = Integer.parseInt(query.replace("after=p", ""));
      int next = at + 1 < lead + length ? at + 1 : lead;
      return Optional.of(
          Reply.json(200, "{\"items\":[{\"id\":\"a" + at + "\"}],\"next\":\"p" + next + "\"}"));
    });
    Connection connection =
        rig.connect("list: {get: '/things?after={cursor}', items: items, next: next}");
    assertThat(Rig.failure(() -> Rig.pages(connection)))
        .isInstanceOf(Failure.Permanent.class)
        .extracting(Failure::message)
        .asString()
        .contains("GET /things", "lead in a circle", "cursor p", "datasets.things.list.next");
    assertThat(rig.target.seen()).hasSizeBetween(lead + length, 4 * (lead + length) + 4);
  }

  @Test
  void neverFollowsALinkToAnotherHost() throws IOException {
    try (RestTarget elsewhere = RestTarget.start()) {
      rig.target.gate(seen ->
          Optional.of(
              Reply.json(200, "[]").with("Link", "<" + elsewhere.url() + "/things>; rel=next")));
      Connection connection =
          rig.connect(
              rig.target.url(),
              "auth: {bearer: our-own-secret}",
              "list: {get: /things, paging: link}");
      assertThat(Rig.failure(() -> Rig.pages(connection)).message()).contains("another host");
      assertThat(elsewhere.seen()).isEmpty();
    }
  }

  @Test
  void saysWhichSettingMissesTheRecords() {
    rig.fill(1);
    Connection connection =
        rig.connect("list: {get: '/things?page={page}', items: entries, until: lastPage}");
    assertThat(Rig.failure(() -> Rig.pages(connection)).message())
        .contains("datasets.things.list.items", "no array at entries");
  }

  @Test
  void aCursorThatTheApiHasForgottenIsALostPosition() throws InterruptedException {
    rig.fill(RECORDS);
    Connection connection =
        rig.connect(
            "list: {get: '/things?limit=5&after={cursor}', items: data.records, next: paging.next}");
    Page first = Rig.pages(connection).getFirst();
    rig.target.gate(seen -> Optional.of(Reply.json(410, "{\"message\":\"cursor expired\"}")));
    assertThat(
            Rig.failure(() ->
                Rig.pages(connection, Request.all(Rig.THINGS), Optional.of(first.resumeAfter()))))
        .isInstanceOf(Failure.PositionLost.class);
  }
}
