package dev.lockstep.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.Problem;
import dev.lockstep.engine.limit.Allowance;
import dev.lockstep.engine.limit.LimitSpec;
import dev.lockstep.engine.plan.SyncPlan.Reason.Kind;
import dev.lockstep.engine.schedule.ScheduleSpec.When;
import dev.lockstep.engine.sync.Mode;
import dev.lockstep.engine.sync.Strategy;
import dev.lockstep.engine.sync.TestSync;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlannerTest {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final Duration LAG = Duration.ofSeconds(1);
  private static final PlanInput.Source FEED = source(true, true, LimitSpec.NONE);
  private static final PlanInput.Source NO_FEED = source(false, true, LimitSpec.NONE);
  private static final PlanInput.Target CRM = new PlanInput.Target(true, 100, LimitSpec.NONE);
  private static final When NIGHTLY = new When.Cron("0 18 * * MON-FRI", ZoneId.of("Europe/Berlin"));

  @Test
  void followsChangesWhereItCan() {
    SyncPlan plan = plan(sync().fresh(Duration.ofSeconds(5)), FEED, CRM);

    assertThat(plan.chosen()).isEqualTo(Strategy.EVENT);
    assertThat(plan.expectedStaleness()).isEqualTo(LAG);
    assertThat(plan.schedule()).isEmpty();
    assertThat(plan.expectedCallsPerDay()).isEqualTo(10);
    assertThat(plan.texts(Kind.WHY))
        .containsExactly("hub has a change feed, so a change is on its way at once");
    assertThat(plan.texts(Kind.NOTE))
        .containsExactly(
            "deletions are seen through the change feed", "the first start reads everything once");
    assertThat(plan.texts(Kind.WARNING)).isEmpty();
    assertThat(plan.alternatives())
        .extracting(SyncPlan.Alternative::strategy)
        .containsExactly(Strategy.BOTH, Strategy.SCHEDULE);
    assertThat(plan.alternatives().getLast().whyItLost())
        .isEqualTo("the copy may be 3s stale; following changes is fresher");
  }

  @Test
  void readsAtTheDeclaredTimesWhenNoFreshnessIsPromised() {
    SyncPlan plan = plan(sync().at(NIGHTLY), FEED, CRM);

    assertThat(plan.chosen()).isEqualTo(Strategy.SCHEDULE);
    assertThat(plan.derived()).isFalse();
    assertThat(plan.expectedStaleness()).isBetween(Duration.ofDays(3), Duration.ofMinutes(4321));
    assertThat(plan.texts(Kind.WHY)).containsExactly("a schedule is declared");
    assertThat(plan.texts(Kind.NOTE))
        .containsExactly(
            "deletions are not seen: what is gone from hub.distributors stays in crm.accounts;"
                + " mode: mirror deletes it");
  }

  @Test
  void followsChangesAsWellWhenTheScheduleWouldMissThePromise() {
    SyncPlan plan = plan(sync().at(NIGHTLY).fresh(Duration.ofMinutes(1)), FEED, CRM);

    assertThat(plan.chosen()).isEqualTo(Strategy.BOTH);
    assertThat(plan.expectedStaleness()).isEqualTo(LAG);
    assertThat(plan.schedule().orElseThrow().when()).isEqualTo(NIGHTLY);
    assertThat(plan.alternatives().getFirst().whyItLost())
        .startsWith("the copy may be 3d1h stale, and 1m is promised");
  }

  @Test
  void asksAtHalfThePromiseWhereThereIsNoFeed() {
    SyncPlan plan = plan(sync().fresh(Duration.ofMinutes(10)), NO_FEED, CRM);

    assertThat(plan.chosen()).isEqualTo(Strategy.SCHEDULE);
    assertThat(plan.derived()).isTrue();
    assertThat(plan.schedule().orElseThrow().when())
        .isEqualTo(new When.Every(Duration.ofMinutes(5)));
    assertThat(plan.expectedStaleness()).isLessThanOrEqualTo(Duration.ofMinutes(10));
    assertThat(plan.texts(Kind.WARNING)).isEmpty();
    assertThat(plan.texts(Kind.WHY))
        .containsExactly(
            "hub has no change feed, so it is asked at intervals",
            "the interval is half of the promised freshness, or what the limits permit: every 5m");
    assertThat(plan.alternatives())
        .extracting(SyncPlan.Alternative::whyItLost)
        .containsOnly("hub has no change feed for distributors");
  }

  @Test
  void readsOnlyWhatMovedOnWhereItCan() {
    SyncPlan full = plan(sync().fresh(Duration.ofMinutes(10)), NO_FEED, CRM);
    SyncPlan incremental =
        plan(
            sync().fresh(Duration.ofMinutes(10)).incremental("modified", Duration.ZERO),
            NO_FEED,
            CRM);

    assertThat(incremental.expectedCallsPerDay()).isLessThan(full.expectedCallsPerDay());
    assertThat(incremental.texts(Kind.NOTE))
        .contains("each pass reads only what moved on by 'modified'");
  }

  @Test
  void asksHourlyWhenNothingIsDeclared() {
    SyncPlan plan = plan(sync(), NO_FEED, CRM);

    assertThat(plan.schedule().orElseThrow().when()).isEqualTo(new When.Every(Duration.ofHours(1)));
    assertThat(plan.texts(Kind.WHY).getLast())
        .startsWith("neither schedule nor freshness is declared, so it is hourly");
  }

  @Test
  void slowsDownToWhatTheLimitsPermitAndSaysSo() {
    SyncPlan plan =
        plan(sync().fresh(Duration.ofSeconds(5)), source(false, true, calls("1000/day")), CRM);

    assertThat(plan.calls().source()).isBetween(950L, 1000L);
    assertThat(plan.texts(Kind.WARNING))
        .singleElement()
        .asString()
        .isEqualTo("promise not kept: the copy may be 4m21s stale, and 5s is promised");
  }

  @Test
  void readsInBulkWhenFollowingWouldNeedTooManyCalls() {
    PlanInput.Target slow = new PlanInput.Target(true, 500, calls("1000/day"));
    TestSync draft = sync().fresh(Duration.ofHours(6));

    SyncPlan plan =
        (SyncPlan)
            Planner.plan(
                new PlanInput(
                    draft.spec(), FEED, slow, OptionalLong.of(5_000), OptionalLong.of(4_000), NOW));

    assertThat(plan.chosen()).isEqualTo(Strategy.SCHEDULE);
    assertThat(plan.calls().target()).isEqualTo(80);
    assertThat(plan.texts(Kind.WHY).getFirst())
        .isEqualTo(
            "following changes would not do: crm would be asked 4,000 calls a day, and its limits"
                + " permit 1,000");
    assertThat(plan.texts(Kind.ASSUMED)).isEmpty();
  }

  @Test
  void saysThatLimitsDoNotSufficeWhenNothingFits() {
    PlanInput.Target tiny = new PlanInput.Target(true, 1, calls("5/day"));
    SyncPlan plan = plan(sync().fresh(Duration.ofSeconds(5)), FEED, tiny);

    assertThat(plan.chosen()).isEqualTo(Strategy.EVENT);
    assertThat(plan.texts(Kind.WARNING))
        .containsExactly(
            "limits do not suffice: crm would be asked 10 calls a day, and its limits permit 5");
  }

  @Test
  void healsAMirrorDaily() {
    SyncPlan plan = plan(sync().mode(Mode.MIRROR), FEED, CRM);

    assertThat(plan.chosen()).isEqualTo(Strategy.BOTH);
    assertThat(plan.derived()).isTrue();
    assertThat(plan.schedule().orElseThrow().when())
        .isEqualTo(new When.Cron("0 3 * * *", ZoneOffset.UTC));
    assertThat(plan.texts(Kind.NOTE))
        .contains("deletions are seen by each full pass and the change feed");
  }

  @Test
  void tellsThatAFeedWithoutDeletionsDoesNotSeeThem() {
    PlanInput.Source silent =
        new PlanInput.Source(true, false, true, true, LAG, 500, LimitSpec.NONE);

    SyncPlan upsert = plan(sync(), silent, CRM);
    assertThat(upsert.chosen()).isEqualTo(Strategy.EVENT);
    assertThat(upsert.texts(Kind.NOTE))
        .anySatisfy(note ->
            assertThat(note)
                .startsWith("deletions are not seen")
                .endsWith("mode: mirror deletes it"));

    SyncPlan mirror = plan(sync().mode(Mode.MIRROR), silent, CRM);
    assertThat(mirror.chosen()).isEqualTo(Strategy.BOTH);
    assertThat(mirror.texts(Kind.NOTE)).contains("deletions are seen by each full pass");
    assertThat(mirror.alternatives())
        .extracting(SyncPlan.Alternative::whyItLost)
        .contains("what is gone would be missed, for the change feed does not report it");

    SyncPlan declared = plan(sync().mode(Mode.MIRROR).strategy(Strategy.EVENT), silent, CRM);
    assertThat(declared.texts(Kind.NOTE))
        .anySatisfy(note -> assertThat(note).startsWith("deletions are not seen"));
    assertThat(declared.texts(Kind.WARNING))
        .anySatisfy(
            warning -> assertThat(warning).startsWith("the change feed does not report deletions"));
  }

  @Test
  void honoursEventsWithoutAFullPassAndSaysWhatAMirrorMisses() {
    SyncPlan plan = plan(sync().mode(Mode.MIRROR).strategy(Strategy.EVENT), FEED, CRM);

    assertThat(plan.chosen()).isEqualTo(Strategy.EVENT);
    assertThat(plan.texts(Kind.WHY)).containsExactly("strategy: event is declared");
    assertThat(plan.texts(Kind.WARNING)).singleElement().asString().contains("stays in the target");
  }

  @Test
  void honoursAScheduleThatMissesThePromiseAndWarns() {
    SyncPlan plan =
        plan(sync().at(NIGHTLY).fresh(Duration.ofHours(1)).strategy(Strategy.SCHEDULE), FEED, CRM);

    assertThat(plan.chosen()).isEqualTo(Strategy.SCHEDULE);
    assertThat(plan.texts(Kind.WARNING).getFirst()).startsWith("promise not kept: ");
    assertThat(plan.alternatives())
        .extracting(SyncPlan.Alternative::whyItLost)
        .containsOnly("strategy: schedule is declared");
  }

  @ParameterizedTest
  @EnumSource(names = {"EVENT", "BOTH"})
  void refusesToFollowASourceWithoutAFeed(Strategy strategy) {
    assertThat(problems(sync().strategy(strategy), NO_FEED))
        .containsExactly(
            new Problem(
                "syncs.distributors.strategy",
                "hub has no change feed for distributors",
                "write strategy: schedule, or leave strategy out"));
  }

  @Test
  void refusesAScheduleThatIsNeverDue() {
    assertThat(problems(sync().at(new When.Cron("0 0 30 2 *", ZoneOffset.UTC)), FEED))
        .extracting(Problem::message)
        .containsExactly("cron '0 0 30 2 *' in Z is never due");
  }

  @Test
  void refusesASourceThatCanNeitherBeFollowedNorRead() {
    assertThat(problems(sync(), source(false, false, LimitSpec.NONE)))
        .extracting(Problem::message)
        .containsExactly("hub has no change feed for distributors", "hub cannot be read in bulk");
  }

  @Test
  void refusesAFieldThatTheSourceCannotReadBy() {
    PlanInput.Source cannot =
        new PlanInput.Source(false, false, true, false, LAG, 200, LimitSpec.NONE);

    assertThat(problems(sync().incremental("modified", Duration.ZERO), cannot))
        .extracting(Problem::setting, Problem::message)
        .contains(Tuple.tuple("syncs.distributors.incremental", "hub cannot read by 'modified'"));
  }

  @Test
  void refusesToAppendEverythingAgainAndAgain() {
    assertThat(problems(sync().mode(Mode.APPEND).strategy(Strategy.SCHEDULE), FEED))
        .extracting(Problem::message)
        .containsExactly("each pass would append every record again");
    assertThat(problems(sync().mode(Mode.APPEND).strategy(Strategy.BOTH), FEED))
        .extracting(Problem::message)
        .containsExactly("its healing pass would append every record again");
  }

  @Test
  void appendsEverythingAtDeclaredTimesWithAWarning() {
    SyncPlan plan = plan(sync().mode(Mode.APPEND).at(NIGHTLY), NO_FEED, CRM);

    assertThat(plan.texts(Kind.WARNING))
        .singleElement()
        .asString()
        .startsWith("every pass appends every record again");
  }

  @Test
  void refusesATargetThatCannotBeWritten() {
    Planned planned =
        Planner.plan(input(sync(), FEED, new PlanInput.Target(false, 1, LimitSpec.NONE)));

    assertThat(planned).isInstanceOf(Planned.Refused.class);
  }

  @Test
  void followsASourceThatCannotBeReadAndSaysWhatIsMissing() {
    SyncPlan plan = plan(sync().at(NIGHTLY), source(true, false, LimitSpec.NONE), CRM);

    assertThat(plan.chosen()).isEqualTo(Strategy.EVENT);
    assertThat(plan.texts(Kind.WARNING)).containsExactly("the schedule is not used");
    assertThat(plan.texts(Kind.NOTE))
        .contains("hub cannot be read in bulk: only changes from the first start on arrive");
  }

  @Test
  void saysTheSameForTheSameInput() {
    PlanInput input = input(sync().at(NIGHTLY).fresh(Duration.ofMinutes(1)), FEED, CRM);

    assertThat(Planner.plan(input)).isEqualTo(Planner.plan(input));
  }

  @Test
  void addsUpWhatSeveralSyncsAskOfASystem() {
    SyncPlan plan = plan(sync().fresh(Duration.ofSeconds(5)), FEED, CRM);

    List<SystemLoad> loads = SystemLoad.of(List.of(plan, plan), Map.of("crm", calls("15/day")));

    assertThat(loads)
        .extracting(SystemLoad::toString)
        .containsExactly(
            "crm is asked about 20 calls a day, more than the 15 its limits permit",
            "hub is asked about 0 calls a day");
  }

  private static TestSync sync() {
    return TestSync.of("distributors", "hub.distributors", "crm.accounts");
  }

  private static SyncPlan plan(TestSync draft, PlanInput.Source source, PlanInput.Target target) {
    return switch (Planner.plan(input(draft, source, target))) {
      case SyncPlan plan -> plan;
      case Planned.Refused refused -> throw new AssertionError(refused.toString());
    };
  }

  private static List<Problem> problems(TestSync draft, PlanInput.Source source) {
    return switch (Planner.plan(input(draft, source, CRM))) {
      case SyncPlan plan -> throw new AssertionError(plan.toString());
      case Planned.Refused refused -> refused.problems();
    };
  }

  private static PlanInput input(TestSync draft, PlanInput.Source source, PlanInput.Target target) {
    return new PlanInput(
        draft.spec(), source, target, OptionalLong.of(1_000), OptionalLong.empty(), NOW);
  }

  private static PlanInput.Source source(boolean follows, boolean reads, LimitSpec limits) {
    return new PlanInput.Source(follows, follows, reads, true, LAG, 500, limits);
  }

  private static LimitSpec calls(String text) {
    return new LimitSpec(
        Optional.of(Allowance.parse(text, ZoneOffset.UTC)),
        OptionalDouble.empty(),
        OptionalInt.empty(),
        OptionalInt.empty());
  }
}
