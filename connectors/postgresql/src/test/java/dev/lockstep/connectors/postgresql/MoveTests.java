package dev.lockstep.connectors.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.Connection;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Writer.Batch;
import dev.lockstep.connector.Writer.Outcome;
import dev.lockstep.testkit.servers.RealPostgres;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Records that move to other keys without all of their fields. */
abstract class MoveTests extends TransactionFixture {
  private static final Rows DOCS = Rows.of("public.docs", "id", "title:text", "body:text");
  private static final String SEEN =
      "SELECT id || ':' || title || ':' || left(body, 6) || ':' || length(body) FROM docs ORDER BY id";

  private final Way way;

  MoveTests(RealPostgres server, Way way) {
    super(server);
    this.way = way;
  }

  /** How a batch is written. */
  enum Way {
    TRANSACTION,
    BATCH
  }

  private List<Outcome> write(Batch batch) throws InterruptedException {
    try (Connection connection = open()) {
      return switch (way) {
        case TRANSACTION -> write(connection, batch).getFirst();
        case BATCH -> connection.writer().orElseThrow().write(batch);
      };
    }
  }

  private void docs(String... more) {
    database.run(
        "CREATE TABLE docs (id int PRIMARY KEY, title text NOT NULL, body text NOT NULL)",
        "ALTER TABLE docs ALTER body SET STORAGE EXTERNAL",
        "INSERT INTO docs SELECT n, 'old', repeat('body ' || n, 1000) FROM generate_series(1, 3) n");
    database.run(more);
  }

  @Test
  void takesAlongWhatWasNotSent() throws InterruptedException {
    docs("ALTER TABLE docs ADD own text DEFAULT 'fresh'", "UPDATE docs SET own = 'kept'");
    List<Outcome> outcomes =
        write(DOCS.delete(1).move(1, 11, "new", Row.ABSENT).put(2, "newer", "all").batch());
    assertThat(outcomes.subList(1, 3)).containsOnly(Outcome.APPLIED);
    assertThat(database.texts(SEEN))
        .containsExactly("2:newer:all:3", "3:old:body 3:6000", "11:new:body 1:6000");
    assertThat(database.text("SELECT own FROM docs WHERE id = 11")).isEqualTo("kept");
  }

  @Test
  void everyRowReadsWhatWasThereBefore() throws InterruptedException {
    docs(
        "INSERT INTO docs SELECT n, 'old', repeat('body ' || n, 1000) FROM generate_series(4, 9) n");
    // 1 and 2 exchange keys; 3 to 4 to 5 to a new one; 6 to one that was deleted; 9 is made anew.
    Batch batch =
        DOCS.move(1, 2, "one", Row.ABSENT)
            .move(2, 1, "two", Row.ABSENT)
            .delete(3)
            .move(3, 4, "three", Row.ABSENT)
            .move(4, 5, Row.ABSENT, Row.ABSENT)
            .move(5, 15, "five", "short")
            .delete(6)
            .move(6, 7, "six", Row.ABSENT)
            .move(9, 8, "nine", Row.ABSENT)
            .put(9, "other", "than before")
            .batch();
    write(batch);
    assertThat(database.texts(SEEN))
        .containsExactly(
            "1:two:body 2:6000",
            "2:one:body 1:6000",
            "4:three:body 3:6000",
            "5:old:body 4:6000",
            "7:six:body 6:6000",
            "8:nine:body 9:6000",
            "9:other:than b:11",
            "15:five:short:5");
  }

  @Test
  void whatWasMovedBeforeIsChangedWhereItIs() throws InterruptedException {
    docs();
    List<Outcome> outcomes =
        write(
            DOCS.move(77, 2, "two", Row.ABSENT)
                .move(78, 79, "nowhere", Row.ABSENT)
                .move(1, 11, "one", Row.ABSENT)
                .delete(1)
                .batch());
    assertThat(outcomes.get(0)).isEqualTo(Outcome.APPLIED);
    assertThat(outcomes.get(1).toString()).contains("REPLICA IDENTITY FULL");
    assertThat(outcomes.get(2)).isEqualTo(Outcome.APPLIED);
    assertThat(database.texts(SEEN))
        .containsExactly("2:two:body 2:6000", "3:old:body 3:6000", "11:one:body 1:6000");
  }

  @Test
  void uniqueValuesGoAlong() throws InterruptedException {
    docs(
        "ALTER TABLE docs ADD serial text UNIQUE DEFAULT NULL",
        "UPDATE docs SET serial = 's' || id",
        "CREATE UNIQUE INDEX ON docs (md5(body))");
    write(
        DOCS.delete(1)
            .move(1, 11, "one", Row.ABSENT)
            .move(2, 3, "two", Row.ABSENT)
            .move(3, 2, "three", Row.ABSENT)
            .batch());
    assertThat(database.texts(SEEN))
        .containsExactly("2:three:body 3:6000", "3:two:body 2:6000", "11:one:body 1:6000");
    assertThat(database.texts("SELECT serial FROM docs ORDER BY id"))
        .containsExactly("s3", "s2", "s1");
  }

  @Test
  void whatIsRefusedStaysAtItsOldKeyAndHoldsUpNoOther() throws InterruptedException {
    docs("ALTER TABLE docs ADD CHECK (title <> 'bad')");
    List<Outcome> outcomes =
        write(
            DOCS.delete(1)
                .move(1, 11, "bad", Row.ABSENT)
                .delete(2)
                .move(2, 12, "good", Row.ABSENT)
                .put(20, "bad", "")
                .put(21, "good", "")
                .batch());
    assertThat(outcomes.get(1).toString()).contains("docs_title_check");
    assertThat(outcomes.get(0)).isEqualTo(Outcome.UNCHANGED);
    assertThat(outcomes.get(3)).isEqualTo(Outcome.APPLIED);
    assertThat(outcomes.get(4).toString()).contains("docs_title_check");
    assertThat(outcomes.get(5)).isEqualTo(Outcome.APPLIED);
    assertThat(database.texts(SEEN))
        .containsExactly(
            "1:old:body 1:6000", "3:old:body 3:6000", "12:good:body 2:6000", "21:good::0");
  }

  @Test
  void rowsThatExchangeKeysAreNotTornByAnotherThatIsRefused() throws InterruptedException {
    docs("ALTER TABLE docs ADD CHECK (title <> 'bad')");
    write(
        DOCS.move(1, 2, "one", Row.ABSENT)
            .move(2, 3, "two", Row.ABSENT)
            .move(3, 1, "three", Row.ABSENT)
            .put(20, "bad", "")
            .put(21, "good", "")
            .batch());
    assertThat(database.texts(SEEN))
        .containsExactly(
            "1:three:body 3:6000", "2:one:body 1:6000", "3:two:body 2:6000", "21:good::0");
    // One of a circle is bad: none of it can go anywhere.
    List<Outcome> outcomes =
        write(
            DOCS.move(1, 2, "a", Row.ABSENT)
                .move(2, 1, "bad", Row.ABSENT)
                .put(22, "good", "")
                .batch());
    assertThat(outcomes.subList(0, 2)).hasOnlyElementsOfType(Outcome.Rejected.class);
    assertThat(outcomes.get(2)).isEqualTo(Outcome.APPLIED);
    assertThat(database.texts(SEEN)).contains("1:three:body 3:6000", "2:one:body 1:6000");
  }

  @Test
  void manyMoveAtOnce() throws InterruptedException {
    docs("INSERT INTO docs SELECT n, 'old', 'body ' || n FROM generate_series(4, 3000) n");
    Rows moved = DOCS.delete(1);
    for (int n = 1; n <= 3000; n++) {
      moved = moved.move(n, n + 1, Row.ABSENT, Row.ABSENT);
    }
    List<Outcome> outcomes = write(moved.batch());
    assertThat(outcomes.subList(1, outcomes.size())).containsOnly(Outcome.APPLIED);
    assertThat(
            database.text(
                "SELECT count(*) FROM docs WHERE left(body, 6) = left('body ' || id - 1, 6)"))
        .isEqualTo("3000");
  }
}
