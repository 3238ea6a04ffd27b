package dev.lockstep.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.BulkForm;
import dev.lockstep.connector.BulkReader.Page;
import dev.lockstep.connector.BulkReader.Partition;
import dev.lockstep.connector.BulkReader.Request;
import dev.lockstep.connector.Connection;
import dev.lockstep.connector.Connector;
import dev.lockstep.connector.ConnectorContext;
import dev.lockstep.connector.Cursor;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Filter;
import dev.lockstep.connector.FormBytes;
import dev.lockstep.connector.FormReader;
import dev.lockstep.connector.FormReader.FormRead;
import dev.lockstep.connector.FormReader.Selection;
import dev.lockstep.connector.Row;
import dev.lockstep.engine.mapping.Compiled;
import dev.lockstep.engine.mapping.Mapper;
import dev.lockstep.engine.mapping.Mapper.Copying;
import dev.lockstep.engine.mapping.Mapper.Mapped;
import dev.lockstep.engine.mapping.MapperCompiler;
import dev.lockstep.engine.sync.Endpoint;
import dev.lockstep.engine.sync.Leaving;
import dev.lockstep.engine.sync.SyncSpec;
import dev.lockstep.testkit.TestSettings;
import dev.lockstep.testkit.servers.RealPostgres;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What PostgreSQL answers to a condition is what the mapping answers, record by record. */
abstract class FilterTests {
  private static final DatasetId TABLE = new DatasetId("public.t");

  /** Of COPY's binary form. */
  private static final int HEADER = 19;

  private static final String[] ROWS = {
    "CREATE TYPE mood AS ENUM ('sad', 'glad', 'Über')",
    "CREATE DOMAIN short AS varchar(8)",
    "CREATE COLLATION nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
    """
    CREATE TABLE t (id int PRIMARY KEY, s smallint, n int NOT NULL, b bigint, x text COLLATE "en-x-icu",
      y varchar(20), c char(5), d short, m mood, u uuid, i text COLLATE nocase, yes boolean,
      no boolean NOT NULL, f double precision, r real, g numeric(12,3), h numeric, day date,
      at timestamptz)\
    """,
    """
    INSERT INTO t VALUES
      (1, 1, 1, 1, 'a', 'a', 'a', 'a', 'sad', '00000000-0000-0000-0000-00000000000a', 'a', true, true,
        1.5, 1.5, 1.5, 1.5, '2026-01-31', '2026-01-31 12:00:00Z'),
      (2, -5, -5, -5, 'B', 'B', 'B', 'B', 'glad', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 'A', false,
        false, -0.0, -0.0, 0, 0.0, '2026-02-01', '2026-01-31 12:00:00.000001Z'),
      (3, 32767, 2147483647, 9223372036854775807, 'ä', 'Ä', 'ä  ', '', 'Über', NULL, 'ä', NULL, true,
        0.1, 0.1, 0.1, 0.10, '0001-01-01', '0001-01-01 00:00:00Z'),
      (4, -32768, -2147483648, -9223372036854775808, '', ' a', '', ' ', NULL, NULL, '', true, false,
        9007199254740993, 16777217, 999999999.999, 1e300, '9999-12-31', '9999-12-30 23:59:59Z'),
      (5, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, true,
        NULL, NULL, NULL, NULL, NULL, NULL),
      (6, 0, 0, 0, '😀', 'a😀', 'é', 'e', 'sad', NULL, '\uffee', false, false,
        -1.5, -1e-30, -0.001, -0.001, '1969-12-31', '1969-12-31 23:59:59.999999Z'),
      (7, 5, 5, 5, 'a''b\\c"d', '\\', '''', 'x\\', 'glad', NULL, 'ab', true, true,
        5e-324, 1e-45, 5, 5.000, '2024-02-29', '2026-01-31 00:00:00Z'),
      (100, 7, 7, 7, 'ab', 'ab', 'ab', 'ab', 'sad', NULL, 'ab', true, true,
        'NaN', 'NaN', 'NaN', 'NaN', 'infinity', 'infinity'),
      (101, 7, 7, 7, 'ab', 'ab', 'ab', 'ab', 'sad', NULL, 'ab', true, true,
        'infinity', 'infinity', 1, 'infinity', '-infinity', '-infinity'),
      (102, 7, 7, 7, 'ab', 'ab', 'ab', 'ab', 'sad', NULL, 'ab', true, true,
        '-infinity', '-infinity', 1, 1e5000, '0044-03-15 BC', '0044-03-15 12:00:00Z BC'),
      (103, 7, 7, 7, 'ab', 'ab', 'ab', 'ab', 'sad', NULL, 'ab', true, true,
        1, 1, 1, 1e-4500, '10000-01-01', '10000-01-01 00:00:00Z')\
    """,
  };

  /** The first whose floats, decimals or times are such that the source need not be sure. */
  private static final int ODD = 100;

  private static final String[] CONDITIONS = {
    "record.n > 0",
    "record.n >= -5",
    "-5 < record.n",
    "record.n <= 2147483647",
    "record.b == 9223372036854775807",
    "record.b != -9223372036854775808",
    "record.s < record.n",
    "record.s >= record.b",
    "record.s == record.n",
    "record.s != record.b",
    "record.s in [1, 5, -32768]",
    "!(record.s in [1, 5])",
    "record.s == null",
    "record.s != null && record.s > 0",
    "record.s > 0 && record.s != null",
    "record.s == null || record.s > 0",
    "record.x == 'a'",
    "record.x != 'ä'",
    "record.x < 'b'",
    "record.x >= 'ä'",
    "record.x > ''",
    "record.x == record.y",
    "record.x != record.d",
    "record.x.startsWith('a')",
    "record.x.startsWith('')",
    "record.y.startsWith(' ')",
    "record.y.startsWith('\\\\')",
    "record.x in ['a\\'b\\\\c\"d', '']",
    "record.y <= 'a'",
    "record.c == 'ä'",
    "record.c == 'a    '",
    "record.c < 'a'",
    "record.d == ''",
    "record.m == 'Über'",
    "record.m < 'sad'",
    "record.m in ['glad']",
    "record.u == '00000000-0000-0000-0000-00000000000a'",
    "record.u == '00000000-0000-0000-0000-00000000000A'",
    "record.i == 'a'",
    "record.i.startsWith('a')",
    "record.i > 'B'",
    "record.yes",
    "!record.yes",
    "record.yes == true",
    "record.yes != false",
    "record.yes == record.no",
    "record.no && record.yes",
    "record.yes || record.no",
    "record.yes == null",
    "record.f > 0.0",
    "record.f >= 0.0",
    "record.f < 0",
    "record.f == 0",
    "record.f == 0.1",
    "record.f != 1.5",
    "record.f in [0.1, -1.5]",
    "record.f <= record.r",
    "record.f == record.r",
    "record.f == null",
    "record.f < 9007199254740992",
    "record.r == 0.1",
    "record.r > 0.1",
    "record.r >= -1.0",
    "record.g > 0",
    "record.g == 1.5",
    "record.g != 0",
    "record.g >= decimal('999999999.999')",
    "record.g in [decimal('0.1'), decimal('5')]",
    "record.g == record.h",
    "record.h < record.g",
    "record.h == 5",
    "record.h <= 0.1",
    "record.h == null",
    "record.h != null",
    "record.h > 1e299",
    "record.day >= '2026-01-31'",
    "record.day < '1970-01-01'",
    "record.day == '2024-02-29'",
    "record.day in ['0001-01-01', '9999-12-31']",
    "record.day != null",
    "record.at > timestamp('2026-01-31T12:00:00Z')",
    "record.at == timestamp('2026-01-31T12:00:00.000001Z')",
    "record.at <= timestamp('0001-01-01T00:00:00Z')",
    "record.at == null",
  };

  private final RealPostgres server;
  private final String url;

  FilterTests(RealPostgres server) {
    this.server = server;
    this.url = server.url(server.createDatabase());
  }

  /** What is answered of a record. */
  private enum Answer {
    KEPT,
    LEFT,
    UNKNOWN
  }

  private void prepare() throws SQLException {
    try (java.sql.Connection connection = DriverManager.getConnection(url, server.user(), "");
        Statement statement = connection.createStatement()) {
      for (String sql : ROWS) {
        statement.execute(sql);
      }
    }
  }

  private Connection open() throws InterruptedException {
    Connector connector =
        ServiceLoader.load(Connector.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(it -> it.spec().name().equals("postgresql"))
            .findFirst()
            .orElseThrow();
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    return connector.open(
        TestSettings.of(connector.spec(), Map.of("url", url, "user", server.user())),
        new ConnectorContext(
            "one",
            "lockstep-test",
            folder,
            folder,
            InstantSource.system(),
            new Random(7),
            System.getLogger("test")));
  }

  private static Mapper mapper(Dataset source, String where) {
    SyncSpec plain =
        SyncSpec.of("copy", Endpoint.of("one", "public.t"), Endpoint.of("other", "public.t"));
    SyncSpec spec =
        new SyncSpec(
            plain.name(),
            plain.from(),
            plain.to(),
            Optional.of(where),
            Leaving.KEEP,
            plain.map(),
            plain.key(),
            plain.freshness(),
            plain.strategy(),
            plain.schedule(),
            plain.mode(),
            plain.incremental(),
            plain.guard(),
            plain.retry(),
            plain.parallel(),
            plain.create(),
            plain.policies());
    return switch (MapperCompiler.compile(spec, source, source)) {
      case Compiled.Ready(Mapper mapper, var warnings) -> mapper;
      case Compiled.Broken(var problems) -> throw new AssertionError(problems);
    };
  }

  private static Filter filter(Mapper mapper, String where) {
    return switch (mapper.copying()) {
      case Copying.Plain(var fields, Optional<Filter> filter) -> filter.orElseThrow();
      case Copying.Computed(String reason) -> throw new AssertionError(where + ": " + reason);
    };
  }

  /** A table, what the mapping reads of it, and what the source sends of it. */
  private record Read(FormReader reader, FormRead read, Partition piece, List<Row> rows) {

    static Read of(FormReader reader, FormRead read, Partition piece) throws InterruptedException {
      List<Row> rows = new ArrayList<>();
      try (Cursor<Page> cursor = read.rows(Request.all(TABLE), piece, Optional.empty(), 0)) {
        for (Optional<Page> page = cursor.next(); page.isPresent(); page = cursor.next()) {
          assertThat(page.get().unreadable()).isEmpty();
          rows.addAll(page.get().rows());
        }
      }
      return new Read(reader, read, piece, rows);
    }

    SortedMap<Long, Answer> mapped(Mapper mapper) {
      SortedMap<Long, Answer> answers = new TreeMap<>();
      for (Row row : rows) {
        answers.put(
            id(row),
            switch (mapper.upserted(row, Optional.empty())) {
              case Mapped.Upsert upsert -> Answer.KEPT;
              case Mapped.Filtered filtered -> Answer.LEFT;
              case Mapped.Refused refused -> Answer.UNKNOWN;
              case Mapped.Delete delete -> throw new AssertionError(delete);
              case Mapped.Move move -> throw new AssertionError(move);
            });
      }
      return answers;
    }

    SortedMap<Long, Answer> sent(Filter filter) throws InterruptedException {
      assertThat(reader.declines(selection(filter))).as("%s", filter).isEmpty();
      SortedMap<Long, Answer> answers = new TreeMap<>();
      try {
        rows.forEach(row -> answers.put(id(row), Answer.LEFT));
        ids(filter).forEach(id -> answers.put(id, Answer.KEPT));
      } catch (FormBytes.Undecided e) {
        for (Row row : rows) {
          answers.put(id(row), sent(filter, id(row)));
        }
        assertThat(answers.values().stream().filter(Answer.UNKNOWN::equals))
            .hasSize((int) e.records());
      }
      return answers;
    }

    /** False for all other records, whatever the filter is of them. */
    private Answer sent(Filter filter, long id) throws InterruptedException {
      try {
        return ids(new Filter.All(List.of(new Filter.In("id", List.of(id)), filter))).isEmpty()
            ? Answer.LEFT
            : Answer.KEPT;
      } catch (FormBytes.Undecided e) {
        return Answer.UNKNOWN;
      }
    }

    private List<Long> ids(Filter filter) throws InterruptedException {
      ByteBuffer sent = ByteBuffer.allocate(1024);
      try (FormBytes bytes = read.bytes(selection(filter), piece, Optional.empty())) {
        for (int n = 0; n >= 0; n = bytes.read(sent.array(), sent.position(), sent.remaining())) {
          sent.position(sent.position() + n);
        }
        List<Long> ids = new ArrayList<>();
        sent.flip().position(HEADER);
        while (sent.getShort() == 1) {
          assertThat(sent.getInt()).isEqualTo(4);
          ids.add((long) sent.getInt());
        }
        assertThat(bytes.records()).isEqualTo(ids.size());
        assertThat(bytes.filtered()).isEqualTo(rows.size() - ids.size());
        return ids;
      }
    }

    private static Selection selection(Filter filter) {
      BulkForm form = new BulkForm("postgresql/copy-binary/1", List.of("int4:-1"));
      return new Selection(TABLE, List.of("id"), form, Optional.of(filter));
    }

    private static long id(Row row) {
      return Objects.requireNonNull((Long) row.get("id"));
    }
  }

  private interface Use {
    void of(Dataset source, Read read) throws InterruptedException;
  }

  private void reading(Use use) throws Exception {
    prepare();
    try (Connection connection = open()) {
      Dataset source = connection.describe(TABLE).orElseThrow();
      FormReader reader = connection.formReader().orElseThrow();
      List<Partition> pieces = reader.plan(TABLE);
      try (FormRead read = reader.open(TABLE, pieces)) {
        use.of(source, Read.of(reader, read, pieces.getFirst()));
      }
    }
  }

  private static void agree(Dataset source, Read read, String where) throws InterruptedException {
    Mapper mapper = mapper(source, where);
    SortedMap<Long, Answer> here = read.mapped(mapper);
    SortedMap<Long, Answer> there = read.sent(filter(mapper, where));
    // What the source leaves open is decided here.
    here.replaceAll(
        (id, answer) -> id >= ODD && there.get(id) == Answer.UNKNOWN ? Answer.UNKNOWN : answer);
    assertThat(there).as(where).isEqualTo(here);
  }

  @Test
  void everyKindOfComparisonIsAnsweredAlike() throws Exception {
    reading((source, read) -> {
      for (String where : CONDITIONS) {
        agree(source, read, where);
      }
    });
  }

  @Test
  void comparisonsTogetherAreAnsweredAlike() throws Exception {
    Random random = new Random(11);
    reading((source, read) -> {
      for (int i = 0; i < 12; i++) {
        agree(source, read, any(random, 3));
      }
    });
  }

  private static String any(Random random, int depth) {
    if (depth == 0 || random.nextInt(5) == 0) {
      return CONDITIONS[random.nextInt(CONDITIONS.length)];
    }
    return switch (random.nextInt(3)) {
      case 0 -> "!(" + any(random, depth - 1) + ")";
      case 1 -> "(" + any(random, depth - 1) + ") && (" + any(random, depth - 1) + ")";
      default -> "(" + any(random, depth - 1) + ") || (" + any(random, depth - 1) + ")";
    };
  }
}
