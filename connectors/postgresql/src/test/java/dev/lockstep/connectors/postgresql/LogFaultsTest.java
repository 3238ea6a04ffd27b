package dev.lockstep.connectors.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.connector.Connection;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Position;
import dev.lockstep.testkit.faults.Network;
import dev.lockstep.testkit.servers.CrashablePostgres;
import dev.lockstep.testkit.servers.RealPostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The stream breaks, and what follows on it. */
class LogFaultsTest {
  private final RealPostgres server = RealPostgres.newest();
  private TestDatabase database;

  @BeforeEach
  void create() {
    database = new TestDatabase(server.url(server.createDatabase()), server.user());
    database.run("CREATE TABLE t (id int PRIMARY KEY)");
  }

  @AfterEach
  void dropSlots() {
    database.dropSlots();
  }

  private static void breaks(LogFeed feed) {
    assertThatThrownBy(() -> feed.changes(1))
        .isInstanceOfSatisfying(
            ConnectorException.class,
            e -> assertThat(e.failure()).isInstanceOf(Failure.Transient.class));
  }

  /** Opens the stream again as the engine does, which tries again what may pass. */
  private static LogFeed again(Connection connection, Position position)
      throws InterruptedException {
    for (int i = 1; ; i++) {
      try {
        return LogFeed.after(connection, position, "public.t");
      } catch (ConnectorException e) {
        assertThat(e.failure()).isInstanceOf(Failure.Transient.class);
        assertThat(i).as("tries").isLessThan(20);
      }
    }
  }

  @Test
  void aConnectionThatIsCutIsOpenedAgainWhereItStood() throws Exception {
    try (Network network = new Network(server.port())) {
      Position position;
      try (LogFeed feed = LogFeed.of(database.through(network), "public.t")) {
        database.run("INSERT INTO t VALUES (1)");
        assertThat(feed.shown(1)).containsExactly("1 {id=1}");
        position = feed.position();
        network.cut();
        database.run("INSERT INTO t VALUES (2)");
        breaks(feed);
        try (LogFeed again = again(feed.connection(), position)) {
          assertThat(again.shown(1)).containsExactly("2 {id=2}");
        }
      }
    }
  }

  @Test
  void aServerThatSaysNothingIsTakenForGone() throws Exception {
    try (Network network = new Network(server.port());
        LogFeed feed =
            LogFeed.of(database.through(network), Map.of("silence", "900ms"), "public.t")) {
      // Quiet is not gone: the server answers when it is asked.
      for (int i = 0; i < 8; i++) {
        assertThat(feed.next(10).changes()).isEmpty();
      }
      network.silent(true);
      breaks(feed);
      network.silent(false);
      network.cut();
      database.run("INSERT INTO t VALUES (1)");
      try (LogFeed again = again(feed.connection(), feed.position())) {
        assertThat(again.shown(1)).containsExactly("1 {id=1}");
      }
    }
  }

  @Test
  void aServerThatWasKilledGoesOnWhereItStood() throws Exception {
    goesOn(CrashablePostgres::restart);
  }

  @Test
  void aServerThatGoesOnOnAHigherTimelineIsFollowedOntoIt() throws Exception {
    TestDatabase there = goesOn(CrashablePostgres::promote);
    assertThat(there.text("SELECT timeline_id FROM pg_control_checkpoint()")).isEqualTo("4");
  }

  private interface Restart {
    void of(CrashablePostgres server) throws InterruptedException;
  }

  private static TestDatabase goesOn(Restart restart) throws Exception {
    CrashablePostgres own =
        CrashablePostgres.start(15, Map.of("wal_level", "logical", "synchronous_commit", "on"));
    TestDatabase there = new TestDatabase(own.url(), own.user());
    there.run("CREATE TABLE t (id int PRIMARY KEY)");
    List<String> seen = new ArrayList<>();
    Position position;
    try (LogFeed feed = LogFeed.of(there, "public.t")) {
      position = feed.position();
      for (int round = 0; round < 3; round++) {
        try (Connection connection = there.open();
            LogFeed stream = again(connection, position)) {
          there.run("INSERT INTO t SELECT 100 * " + round + " + g FROM generate_series(1, 50) g");
          seen.addAll(stream.shown(50));
          stream.acknowledge();
          position = stream.position();
          own.kill();
          breaks(stream);
        }
        restart.of(own);
      }
    }
    assertThat(seen).hasSize(150).doesNotHaveDuplicates();
    return there;
  }

  @Test
  void aSlotThatTheServerGaveUpIsALostPositionUntilItIsReplaced() throws Exception {
    CrashablePostgres own =
        CrashablePostgres.start(
            15,
            Map.of(
                "wal_level", "logical", "max_slot_wal_keep_size", "1MB", "max_wal_size", "64MB"));
    TestDatabase there = new TestDatabase(own.url(), own.user());
    there.run("CREATE TABLE t (id int PRIMARY KEY)");
    Position position;
    try (LogFeed feed = LogFeed.of(there, "public.t")) {
      position = feed.position();
    }
    for (int i = 0; i < 5; i++) {
      there.run("INSERT INTO t VALUES (" + i + ")", "SELECT pg_switch_wal()", "CHECKPOINT");
    }
    assertThat(there.text("SELECT wal_status FROM pg_replication_slots")).isEqualTo("lost");
    try (Connection connection = there.open()) {
      LogFeed.reader(connection).subscribe(LogFeed.subscription("public.t"));
      assertThatThrownBy(() -> LogFeed.after(connection, position, "public.t"))
          .isInstanceOfSatisfying(
              ConnectorException.class,
              e -> {
                // Invariant 9: a lost position is an error that names its remedy, never a skip.
                assertThat(e.failure()).isInstanceOf(Failure.PositionLost.class);
                assertThat(e.failure().message()).contains("has given up");
              });
      LogFeed.reader(connection).unsubscribe(LogFeed.subscription("public.t"));
    }
    try (LogFeed feed = LogFeed.of(there, "public.t")) {
      there.run("INSERT INTO t VALUES (100)");
      assertThat(feed.shown(1)).containsExactly("100 {id=100}");
    }
  }

  @Test
  void checkSaysWhatASlotAndAPublicationNeed() throws Exception {
    CrashablePostgres own = CrashablePostgres.start(15, Map.of("wal_level", "replica"));
    TestDatabase there = new TestDatabase(own.url(), own.user());
    there.run(
        "CREATE TABLE t (id int PRIMARY KEY)",
        "CREATE TABLE keyless (id int)",
        "CREATE TABLE mute (id int PRIMARY KEY)",
        "ALTER TABLE mute REPLICA IDENTITY NOTHING",
        "CREATE ROLE reader LOGIN");
    assertThat(problems(there, Map.of(), "public.t", "public.keyless", "public.mute"))
        .containsExactly(
            "tables: table public.keyless has no key, so its records cannot be told apart; run:"
                + " ALTER TABLE \"public\".\"keyless\" ADD PRIMARY KEY (...), or, with a unique"
                + " index on columns that are not null, ALTER TABLE \"public\".\"keyless\" REPLICA"
                + " IDENTITY USING INDEX ...",
            "tables: table public.mute does not log which record was changed or deleted; run:"
                + " ALTER TABLE \"public\".\"mute\" REPLICA IDENTITY DEFAULT, if it has a primary"
                + " key, or ALTER TABLE \"public\".\"mute\" REPLICA IDENTITY FULL",
            "url: wal_level is replica, so the log does not tell changes; run: ALTER SYSTEM SET"
                + " wal_level = 'logical', and restart the server");
    assertThat(problems(new TestDatabase(own.url(), "reader"), Map.of(), "public.t"))
        .contains("user: user reader may not replicate; run: ALTER ROLE \"reader\" REPLICATION");
  }

  @Test
  void checkSaysWhichStatementsTheUserIsShortOf() throws Exception {
    String role = "follower_" + server.createDatabase();
    String name = database.text("SELECT current_database()");
    database.run("CREATE ROLE " + role + " LOGIN REPLICATION");
    TestDatabase there = new TestDatabase(database.url(), role);
    assertThat(problems(there, Map.of(), "public.t"))
        .containsExactly(
            "user: user "
                + role
                + " may not read table public.t; run: GRANT USAGE ON SCHEMA"
                + " \"public\" TO \""
                + role
                + "\"; GRANT SELECT ON \"public\".\"t\" TO \""
                + role
                + "\"",
            "user: user "
                + role
                + " may not make a publication in database "
                + name
                + "; run: GRANT CREATE ON DATABASE \""
                + name
                + "\" TO \""
                + role
                + "\"",
            "publication: only their owners may publish [public.t]; as the owner of the tables run:"
                + " CREATE PUBLICATION \"log_"
                + name
                + "\" FOR TABLE \"public\".\"t\" WITH"
                + " (publish_via_partition_root = true), and name it in `publication`");
    database.run(
        "GRANT SELECT ON t TO " + role,
        "CREATE TABLE other (id int PRIMARY KEY)",
        "CREATE PUBLICATION theirs FOR TABLE other WITH (publish = 'insert')");
    Map<String, String> named = Map.of("publication", "theirs");
    assertThat(problems(there, named, "public.t"))
        .containsExactly(
            "publication: publication 'theirs' does not have [public.t]; run: ALTER PUBLICATION"
                + " \"theirs\" ADD TABLE \"public\".\"t\"",
            "publication: publication 'theirs' leaves out some kinds of changes; run: ALTER"
                + " PUBLICATION \"theirs\" SET (publish = 'insert, update, delete, truncate')",
            "publication: publication 'theirs' shows partitions instead of their tables; run: ALTER"
                + " PUBLICATION \"theirs\" SET (publish_via_partition_root = true)");
    database.run(
        "ALTER PUBLICATION theirs ADD TABLE t",
        "ALTER PUBLICATION theirs SET (publish = 'insert, update, delete, truncate')",
        "ALTER PUBLICATION theirs SET (publish_via_partition_root = true)");
    assertThat(problems(there, named, "public.t")).isEmpty();
    try (LogFeed feed = LogFeed.of(there, named, "public.t")) {
      database.run("INSERT INTO t VALUES (1)", "INSERT INTO other VALUES (7)");
      assertThat(feed.shown(1)).containsExactly("1 {id=1}");
      feed.reader().unsubscribe(feed.subscription());
      assertThat(database.text("SELECT pubname FROM pg_publication")).isEqualTo("theirs");
    }
  }

  private static List<String> problems(
      TestDatabase database, Map<String, ?> settings, String... tables)
      throws InterruptedException {
    try (Connection connection = database.open(settings)) {
      return LogFeed.reader(connection).check(LogFeed.subscription(tables)).stream()
          .map(Object::toString)
          .toList();
    }
  }
}
