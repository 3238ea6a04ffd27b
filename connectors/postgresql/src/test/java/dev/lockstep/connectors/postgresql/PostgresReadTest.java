package dev.lockstep.connectors.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.BulkReader;
import dev.lockstep.connector.BulkReader.Page;
import dev.lockstep.connector.BulkReader.Partition;
import dev.lockstep.connector.BulkReader.Request;
import dev.lockstep.connector.BulkReader.Since;
import dev.lockstep.connector.Connection;
import dev.lockstep.connector.Cursor;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.testkit.servers.RealPostgres;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PostgresReadTest {
  private final RealPostgres server = RealPostgres.newest();
  private final TestDatabase database =
      new TestDatabase(server.url(server.createDatabase()), server.user());

  private static List<Object> ids(List<Page> pages, String field) {
    return pages.stream()
        .flatMap(page -> page.rows().stream())
        .<Object>map(row -> String.valueOf(row.get(field)))
        .toList();
  }

  @Test
  void partitionsOfAnyKeyCoverEveryRowOnceAndAreAboutEqual() throws InterruptedException {
    String fill = "AS SELECT %s AS id, g AS n FROM generate_series(1, 20000) g";
    Map<String, String> keys =
        Map.of(
            "numbers",
            "g",
            "skewed",
            "g::bigint * g * g",
            "uuids",
            "gen_random_uuid()",
            "texts",
            "md5(g::text)",
            "addresses",
            "('10.0.0.0'::inet + g)",
            "times",
            "timestamptz '2020-01-01' + g * interval '1 s'");
    try (Connection connection = database.open()) {
      for (Map.Entry<String, String> key : keys.entrySet()) {
        database.run(
            "CREATE TABLE " + key.getKey() + " " + fill.formatted(key.getValue()),
            "ALTER TABLE " + key.getKey() + " ADD PRIMARY KEY (id)");
        BulkReader reader = connection.bulkReader().orElseThrow();
        Request request = Traffic.request("public." + key.getKey(), 3000);
        List<Partition> partitions = reader.plan(request, 4);
        assertThat(partitions).as(key.getKey()).hasSize(4);
        Set<Object> seen = new HashSet<>();
        int rows = 0;
        for (Partition partition : partitions) {
          List<Object> part = ids(Traffic.pages(reader, partition, Optional.empty()), "id");
          assertThat(part).as(key.getKey()).hasSizeBetween(3000, 7000);
          rows += part.size();
          seen.addAll(part);
        }
        assertThat(rows).isEqualTo(20_000);
        assertThat(seen).hasSize(20_000);
      }
    }
  }

  @Test
  void aKeyOfSeveralColumnsResumesInTheirMiddle() throws InterruptedException {
    database.run(
        "CREATE TABLE several (a text COLLATE \"en-x-icu\", b inet, c numeric, PRIMARY KEY (c, a, b))",
        "INSERT INTO several SELECT (ARRAY['a', 'B', 'c''\\', 'ä'])[1 + g % 4],"
            + " '10.0.0.1'::inet + g, g / 40 FROM generate_series(1, 200) g");
    for (String copy : List.of("true", "false")) {
      try (Connection connection = database.open(Map.of("copy", copy))) {
        BulkReader reader = connection.bulkReader().orElseThrow();
        Partition partition = reader.plan(Traffic.request("public.several", 7), 1).getFirst();
        List<Page> pages = Traffic.pages(reader, partition, Optional.empty());
        List<Object> all = ids(pages, "b");
        assertThat(all).hasSize(200).doesNotHaveDuplicates();
        int read = 0;
        for (Page page : pages) {
          read += page.rows().size();
          List<Page> rest = Traffic.pages(reader, partition, Optional.of(page.resumeAfter()));
          assertThat(ids(rest, "b")).isEqualTo(all.subList(read, all.size()));
        }
      }
    }
  }

  @Test
  void aTableWithoutAKeyAndAViewResumeWhereTheyStopped() throws InterruptedException {
    database.run(
        "CREATE TABLE loose AS SELECT g AS n FROM generate_series(1, 500) g",
        "CREATE VIEW seen AS SELECT n FROM loose");
    for (String copy : List.of("true", "false")) {
      for (String name : List.of("public.loose", "public.seen")) {
        try (Connection connection = database.open(Map.of("copy", copy))) {
          BulkReader reader = connection.bulkReader().orElseThrow();
          Partition partition = reader.plan(Traffic.request(name, 60), 4).getFirst();
          List<Page> pages = Traffic.pages(reader, partition, Optional.empty());
          assertThat(ids(pages, "n")).hasSize(500).doesNotHaveDuplicates();
          List<Page> rest =
              Traffic.pages(reader, partition, Optional.of(pages.get(2).resumeAfter()));
          assertThat(ids(rest, "n")).isEqualTo(ids(pages, "n").subList(180, 500));
        }
      }
    }
  }

  @Test
  void readsSinceAMomentInclusivelyAndWithNothingBefore() throws InterruptedException {
    database.run(
        "CREATE TABLE events (id int PRIMARY KEY, changed timestamptz, note text)",
        "INSERT INTO events SELECT g, timestamptz '2026-01-01 00:00:00Z' + g % 10 * interval '1 h'"
            + " FROM generate_series(1, 100) g",
        "INSERT INTO events VALUES (101, NULL)");
    Since since = new Since("changed", Instant.parse("2026-01-01T07:00:00Z"));
    Request request =
        new Request(new DatasetId("public.events"), List.of("id"), Optional.of(since), 11);
    for (String copy : List.of("true", "false")) {
      try (Connection connection = database.open(Map.of("copy", copy))) {
        List<Page> pages = Traffic.pages(connection, request, 3);
        assertThat(ids(pages, "id")).hasSize(30).doesNotHaveDuplicates();
        assertThat(pages.getFirst().rows().getFirst().schema().names())
            .containsExactly("id", "changed");
      }
    }
  }

  @Test
  void pagesHaveBoundsInRowsAndBytes() throws InterruptedException {
    database.run(
        "CREATE TABLE large AS SELECT g AS id, repeat('x', 3000000) AS t FROM generate_series(1, 30) g",
        "ALTER TABLE large ADD PRIMARY KEY (id)",
        "CREATE TABLE many AS SELECT g AS id FROM generate_series(1, 100000) g",
        "ALTER TABLE many ADD PRIMARY KEY (id)");
    for (String copy : List.of("true", "false")) {
      try (Connection connection = database.open(Map.of("copy", copy))) {
        // Invariant 8: a page ends at its rows or at 16 MiB, whichever comes first.
        List<Integer> large = sizes(connection, "public.large", 1000);
        assertThat(large).allSatisfy(size -> assertThat(size).isLessThanOrEqualTo(6));
        assertThat(large.stream().mapToInt(it -> it).sum()).isEqualTo(30);
        List<Integer> many = sizes(connection, "public.many", 2500);
        assertThat(many).allSatisfy(size -> assertThat(size).isLessThanOrEqualTo(2500));
        assertThat(many.stream().mapToInt(it -> it).sum()).isEqualTo(100_000);
      }
    }
  }

  private static List<Integer> sizes(Connection connection, String dataset, int pageRows)
      throws InterruptedException {
    List<Integer> sizes = new ArrayList<>();
    BulkReader reader = connection.bulkReader().orElseThrow();
    Partition partition = reader.plan(Traffic.request(dataset, pageRows), 1).getFirst();
    try (Cursor<Page> cursor = reader.read(partition, Optional.empty())) {
      for (Optional<Page> page = cursor.next(); page.isPresent(); page = cursor.next()) {
        sizes.add(page.get().rows().size());
      }
    }
    return sizes;
  }

  @Test
  void aReadLeftInTheMiddleGivesItsConnectionBack() throws InterruptedException {
    database.run("CREATE TABLE many AS SELECT g AS id FROM generate_series(1, 50000) g");
    try (Connection connection = database.open(Map.of("connections", 1))) {
      BulkReader reader = connection.bulkReader().orElseThrow();
      Partition partition = reader.plan(Traffic.request("public.many", 10), 1).getFirst();
      for (int i = 0; i < 5; i++) {
        try (Cursor<Page> cursor = reader.read(partition, Optional.empty())) {
          assertThat(cursor.next().orElseThrow().rows()).hasSize(10);
        }
      }
    }
  }
}
