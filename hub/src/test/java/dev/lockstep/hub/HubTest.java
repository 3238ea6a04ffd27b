package dev.lockstep.hub;

import static dev.lockstep.hub.HubFixture.draft;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubTest {
  private static final String OBJECT = "distributors";

  @TempDir Path folder;
  private HubFixture fixture;
  private Hub hub;

  @BeforeEach
  void open() throws InterruptedException {
    fixture = HubFixture.in(folder);
    hub = fixture.hub();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private Entry create(String code, Object... values) throws InterruptedException {
    return hub.create(OBJECT, draft(code, values), Author.UNKNOWN);
  }

  private static List<EntryProblem> problems(ThrowingCallable call) {
    EntriesRefused[] refused = new EntriesRefused[1];
    assertThatExceptionOfType(EntriesRefused.class)
        .isThrownBy(call)
        .satisfies(thrown -> refused[0] = thrown);
    return refused[0].problems();
  }

  @Test
  void createsAnEntryWithDefaultsAndItsEventInOneGo() throws InterruptedException {
    Entry entry =
        create("d-1", "businessName", "Ångström & Søn 漢字", "creditLimit", new BigDecimal("1000"));

    assertThat(entry.externalReferenceCode()).isEqualTo("d-1");
    assertThat(entry.version()).isEqualTo(1);
    assertThat(entry.dateCreated()).isEqualTo(HubFixture.START).isEqualTo(entry.dateModified());
    assertThat(entry.values().get("status")).isEqualTo("open");
    assertThat(entry.values().get("creditLimit")).isEqualTo(new BigDecimal("1000.00"));
    assertThat(entry.values().get("email")).isNull();
    assertThat(hub.find(OBJECT, new EntryRef.Code("d-1"))).contains(entry);
    assertThat(hub.find(OBJECT, new EntryRef.Id(entry.id()))).contains(entry);
    assertThat(fixture.events()).isEqualTo(1);
  }

  @Test
  void makesACodeWhereNoneWasSent() throws InterruptedException {
    Entry first = hub.create(OBJECT, draft(null, "businessName", "A"), Author.UNKNOWN);
    Entry second = hub.create(OBJECT, draft(null, "businessName", "B"), Author.UNKNOWN);

    assertThat(first.externalReferenceCode()).matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-.*");
    assertThat(second.externalReferenceCode()).isNotEqualTo(first.externalReferenceCode());
    assertThat(second.id()).isGreaterThan(first.id());
  }

  @Test
  void namesAllProblemsOfAnEntryAtOnce() {
    assertThat(
            problems(() ->
                create(
                    "d-1",
                    "email",
                    7L,
                    "status",
                    "verifyed",
                    "creditLimit",
                    new BigDecimal("1.234"),
                    "bussinessName",
                    "A")))
        .extracting(EntryProblem::field, EntryProblem::rule)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("email", Rule.TYPE),
            org.assertj.core.groups.Tuple.tuple("status", Rule.ONE_OF),
            org.assertj.core.groups.Tuple.tuple("creditLimit", Rule.RANGE),
            org.assertj.core.groups.Tuple.tuple("bussinessName", Rule.UNKNOWN_FIELD),
            org.assertj.core.groups.Tuple.tuple("businessName", Rule.REQUIRED));
  }

  @Test
  void namesTheNearestFieldForAnUnknownOne() {
    assertThat(problems(() -> create("d-1", "businessName", "A", "emial", "x")))
        .extracting(EntryProblem::remedy)
        .containsExactly("write 'email'");
  }

  @Test
  void refusesACodeThatIsTaken() throws InterruptedException {
    create("d-1", "businessName", "A");

    assertThat(problems(() -> create("d-1", "businessName", "B")))
        .extracting(EntryProblem::rule)
        .containsExactly(Rule.EXISTS);
    assertThat(fixture.events()).isEqualTo(1);
  }

  @Test
  void refusesAValueThatMustBeUniqueAndLetsGoOfItOnDelete() throws InterruptedException {
    create("d-1", "businessName", "A", "email", "a@example.com");

    assertThat(problems(() -> create("d-2", "businessName", "B", "email", "a@example.com")))
        .extracting(EntryProblem::rule, EntryProblem::field)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(Rule.UNIQUE, "email"));

    hub.delete(OBJECT, new EntryRef.Code("d-1"), Match.ANY, Author.UNKNOWN);
    create("d-2", "businessName", "B", "email", "a@example.com");
    create("d-3", "businessName", "C");
    create("d-4", "businessName", "D");
  }

  @Test
  void replacesWholeAndPatchesInPart() throws InterruptedException {
    EntryRef code = new EntryRef.Code("d-1");
    Applied created =
        hub.replace(
            OBJECT,
            code,
            draft(null, "businessName", "A", "email", "a@x"),
            Match.ANY,
            Author.UNKNOWN);
    fixture.pass(Duration.ofSeconds(5));
    Applied patched =
        hub.patch(OBJECT, code, draft(null, "status", "verified"), Match.ANY, Author.UNKNOWN);
    Applied replaced =
        hub.replace(OBJECT, code, draft("d-1", "businessName", "B"), Match.ANY, Author.UNKNOWN);

    assertThat(created.effect()).isEqualTo(Applied.Effect.CREATED);
    assertThat(patched.effect()).isEqualTo(Applied.Effect.UPDATED);
    assertThat(patched.entry().values().get("email")).isEqualTo("a@x");
    assertThat(patched.entry().dateModified()).isEqualTo(HubFixture.START.plusSeconds(5));
    assertThat(patched.entry().dateCreated()).isEqualTo(HubFixture.START);
    assertThat(replaced.entry().version()).isEqualTo(3);
    assertThat(replaced.entry().values().get("email")).isNull();
    assertThat(replaced.entry().values().get("status")).isEqualTo("open");
    assertThat(fixture.events()).isEqualTo(3);
  }

  @Test
  void anEditThatChangesNothingLeavesNoEventAndKeepsTheVersion() throws InterruptedException {
    Entry entry = create("d-1", "businessName", "A", "creditLimit", new BigDecimal("2.5"));

    Applied again =
        hub.patch(
            OBJECT,
            new EntryRef.Code("d-1"),
            draft(null, "businessName", "A", "creditLimit", new BigDecimal("2.50"), "id", 99L),
            Match.ANY,
            Author.UNKNOWN);

    assertThat(again).isEqualTo(new Applied(Applied.Effect.UNCHANGED, entry));
    assertThat(fixture.events()).isEqualTo(1);
  }

  @Test
  void refusesAnEditOfAnotherVersion() throws InterruptedException {
    Entry entry = create("d-1", "businessName", "A");
    EntryRef id = new EntryRef.Id(entry.id());
    hub.patch(OBJECT, id, draft(null, "businessName", "B"), new Match.Version(1), Author.UNKNOWN);

    assertThat(
            problems(() ->
                hub.patch(
                    OBJECT,
                    id,
                    draft(null, "businessName", "C"),
                    new Match.Version(1),
                    Author.UNKNOWN)))
        .extracting(EntryProblem::rule)
        .containsExactly(Rule.VERSION);
    assertThat(problems(() -> hub.delete(OBJECT, id, new Match.Version(1), Author.UNKNOWN)))
        .extracting(EntryProblem::rule)
        .containsExactly(Rule.VERSION);
    assertThat(
            problems(() ->
                hub.replace(
                    OBJECT,
                    new EntryRef.Code("d-1"),
                    draft(null, "businessName", "C"),
                    new Match.Absent(),
                    Author.UNKNOWN)))
        .extracting(EntryProblem::rule)
        .containsExactly(Rule.VERSION);
  }

  @Test
  void aBatchIsMadeWholeOrNotAtAll() throws InterruptedException {
    List<Edit> edits = new ArrayList<>();
    edits.add(new Edit.Create(draft("d-1", "businessName", "A")));
    edits.add(new Edit.Create(draft("d-2", "businessName", "B")));
    edits.add(new Edit.Create(draft("d-1", "businessName", "again")));
    edits.add(new Edit.Delete(new EntryRef.Code("d-9"), Match.ANY));

    assertThat(problems(() -> hub.apply(OBJECT, edits, Author.UNKNOWN)))
        .extracting(EntryProblem::index)
        .containsExactly(2, 3);
    assertThat(hub.list(OBJECT, EntryQuery.page(0, 10)).entries()).isEmpty();
    assertThat(fixture.events()).isZero();

    hub.apply(OBJECT, edits.subList(0, 2), Author.UNKNOWN);
    assertThat(hub.list(OBJECT, EntryQuery.page(0, 10)).entries()).hasSize(2);
  }

  @Test
  void laterEditsOfABatchSeeEarlierOnes() throws InterruptedException {
    EntryRef code = new EntryRef.Code("d-1");
    List<Applied> applied =
        hub.apply(
            OBJECT,
            List.of(
                new Edit.Create(draft("d-1", "businessName", "A", "email", "a@x")),
                new Edit.Patch(code, draft(null, "status", "declined"), new Match.Version(1)),
                new Edit.Delete(code, new Match.Version(2)),
                new Edit.Replace(
                    code, draft(null, "businessName", "B", "email", "a@x"), new Match.Absent())),
            Author.UNKNOWN);

    assertThat(applied)
        .extracting(Applied::effect)
        .containsExactly(
            Applied.Effect.CREATED,
            Applied.Effect.UPDATED,
            Applied.Effect.DELETED,
            Applied.Effect.CREATED);
    assertThat(fixture.events()).isEqualTo(4);
  }

  @Test
  void listsInPagesByIdAndFiltersByEqualValues() throws InterruptedException {
    for (int i = 0; i < 25; i++) {
      create(
          "d-" + i,
          "businessName",
          "B" + i,
          "status",
          i % 2 == 0 ? "open" : "verified",
          "creditLimit",
          new BigDecimal(i));
    }
    List<String> seen = new ArrayList<>();
    long after = 0;
    boolean more = true;
    while (more) {
      EntryPage page = hub.list(OBJECT, EntryQuery.page(after, 10));
      page.entries().forEach(entry -> seen.add(entry.externalReferenceCode()));
      more = page.more();
      after = page.entries().getLast().id();
    }

    assertThat(seen).hasSize(25).startsWith("d-0", "d-1").endsWith("d-24");
    assertThat(hub.list(OBJECT, new EntryQuery(0, 100, Map.of("status", "verified"))).entries())
        .hasSize(12);
    assertThat(hub.list(OBJECT, new EntryQuery(0, 100, Map.of("creditLimit", "7.0"))).entries())
        .extracting(Entry::externalReferenceCode)
        .containsExactly("d-7");
    assertThat(
            hub.list(OBJECT, new EntryQuery(0, 100, Map.of("status", "open", "creditLimit", "7")))
                .entries())
        .isEmpty();
    assertThat(problems(() -> hub.list(OBJECT, new EntryQuery(0, 9, Map.of("creditLimit", "x")))))
        .extracting(EntryProblem::rule)
        .containsExactly(Rule.TYPE);
  }

  @Test
  void namesTheNearestObjectForAnUnknownOne() {
    assertThatThrownBy(() -> hub.object("distributers"))
        .isInstanceOf(UnknownObject.class)
        .hasMessage("there is no object 'distributers'; write 'distributors'");
  }

  @Test
  void timesOfModificationNeverRunBackwardsWithTheClock() throws InterruptedException {
    Entry first = create("d-1", "businessName", "A");
    fixture.pass(Duration.ofHours(-2));
    Entry second = create("d-2", "businessName", "B");

    assertThat(second.dateModified()).isEqualTo(first.dateModified());
  }

  @Test
  void keepsEntriesAndNumbersAcrossAStart() throws InterruptedException {
    Entry first = create("d-1", "businessName", "A", "creditLimit", new BigDecimal("1.10"));
    fixture.close();
    fixture = HubFixture.in(folder);
    hub = fixture.hub();

    assertThat(hub.find(OBJECT, new EntryRef.Code("d-1"))).contains(first);
    assertThat(create("d-2", "businessName", "B").id()).isGreaterThan(first.id());
  }

  /** Invariant 8. */
  @Test
  void aPageOfLargeEntriesEndsBeforeItsLimit() throws InterruptedException {
    String large = "x".repeat(1 << 20);
    for (int i = 0; i < 40; i++) {
      hub.create(OBJECT, draft("d-" + i, "businessName", "B", "email", i + large), Author.UNKNOWN);
    }
    List<String> seen = new ArrayList<>();
    EntryPage page = hub.list(OBJECT, EntryQuery.page(0, 500));
    int pages = 1;
    while (page.more()) {
      page.entries().forEach(entry -> seen.add(entry.externalReferenceCode()));
      assertThat(page.entries()).hasSizeLessThan(20);
      page = hub.list(OBJECT, EntryQuery.page(page.entries().getLast().id(), 500));
      pages++;
    }
    page.entries().forEach(entry -> seen.add(entry.externalReferenceCode()));
    assertThat(seen).hasSize(40).doesNotHaveDuplicates();
    assertThat(pages).isGreaterThan(1);
  }
}
