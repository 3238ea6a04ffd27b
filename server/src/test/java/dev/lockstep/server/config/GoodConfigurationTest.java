package dev.lockstep.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.Secret;
import dev.lockstep.connector.Settings;
import dev.lockstep.engine.limit.Allowance;
import dev.lockstep.engine.limit.LimitSpec;
import dev.lockstep.engine.schedule.ScheduleSpec;
import dev.lockstep.engine.schedule.ScheduleSpec.When;
import dev.lockstep.engine.sync.Endpoint;
import dev.lockstep.engine.sync.Incremental;
import dev.lockstep.engine.sync.Leaving;
import dev.lockstep.engine.sync.Mode;
import dev.lockstep.engine.sync.Retry;
import dev.lockstep.engine.sync.Strategy;
import dev.lockstep.engine.sync.SyncSpec;
import dev.lockstep.hub.batch.BatchSettings;
import dev.lockstep.hub.batch.export.ExportSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoodConfigurationTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  static final String WHOLE =
      """
      lockstep: 1
      defaults: {zone: Europe/Berlin, retry: {attempts: 5}}
      server: {address: "0.0.0.0:${PORT}", token: "0123456789abcdef0123", data: state}
      calendars:
        germany:
          days: [MON-THU, saturday]
          holidays: [2026-12-25, 2026-12-26]
        orient: {days: SUN-THU, zone: Asia/Amman}
      systems:
        finance:
          connector: db
          url: "db://one"
          password: "${PASSWORD}"
          tables: accounts
          auth: {bearer: "a$${b}"}
          timeout: 2m
          datasets:
            accounts: {get: /accounts}
          limits: {calls: 10000/day, rate: 20/s, concurrent: 4, batch: 500, zone: UTC}
        crm: {connector: api, url: "https://api.example"}
      hub:
        retention: 1d
        batch: {contentMiB: 64, imports: 2, exports: 1, group: 100, retention: 2d}
        objects:
          distributors:
            fields:
              businessName: {type: text(100), required: true}
              status: {type: text, oneOf: [new, verified], default: new}
              rating: {type: "decimal(3,1)", default: 2.5}
              email: text
            unique: [email, [businessName, status]]
      syncs:
        verified:
          from: hub.distributors
          to: crm.accounts
          where: record.status == 'verified'
          leaving: delete
          map:
            externalId: record.externalReferenceCode
            name: record.businessName
          key: externalId
          freshness: 5s
        balances:
          from: finance.public.account_balances
          to: crm.balances
          strategy: both
          schedule: {cron: "0 18 * * MON-FRI", zone: America/New_York, jitter: 30s, overlap: queue, missed: skip}
          mode: mirror
          maxDeletePercent: 10
          retry: {first: 2s}
          parallel: 4
        nightly:
          from: finance.orders
          to: crm.orders
          schedule: {businessDays: {at: "18:30", calendar: orient}}
          incremental: {field: changed_at, overlap: 5m}
        often: {from: finance.a, to: finance.b, schedule: {every: 15m}, create: true}
        daily: {from: finance.c, to: crm.c, schedule: "@daily", mode: append}
        evening: {from: finance.d, to: crm.d, schedule: {businessDays: "18:00"}}
      """;

  @TempDir Path folder;

  @Test
  void readsWhatAServerSaysOfItself() throws IOException {
    ConfiguredServer server = new Trial(folder).valid(WHOLE).server();
    assertThat(server.host()).isEqualTo("0.0.0.0");
    assertThat(server.port()).isEqualTo(7171);
    assertThat(server.token().map(Secret::reveal)).contains("0123456789abcdef0123");
    assertThat(server.data()).isEqualTo(folder.toRealPath().resolve("state"));
  }

  @Test
  void fillsInWhatIsLeftOut() throws IOException {
    Configuration bare = new Trial(folder).valid("lockstep: 1\n");
    assertThat(bare.systems()).isEmpty();
    assertThat(bare.syncs()).isEmpty();
    assertThat(bare.hub()).isEmpty();
    assertThat(bare.server())
        .isEqualTo(
            new ConfiguredServer(
                "127.0.0.1", 7070, Optional.empty(), folder.toRealPath().resolve(".lockstep")));
  }

  @Test
  void givesAConnectorItsSettingsInTheirFormsWithDefaults() throws IOException {
    ConfiguredSystem finance = new Trial(folder).valid(WHOLE).systems().getFirst();
    Settings settings = finance.settings();
    assertThat(finance.name()).isEqualTo("finance");
    assertThat(settings.text("url")).isEqualTo("db://one");
    assertThat(settings.secret("password").map(Secret::reveal)).contains(Trial.SECRET);
    assertThat(settings.texts("tables")).containsExactly("accounts");
    assertThat(settings.period("timeout")).isEqualTo(Duration.ofMinutes(2));
    assertThat(settings.whole("connections")).isEqualTo(4);
    assertThat(settings.flag("secure")).isTrue();
    assertThat(settings.section("auth").flatMap(auth -> auth.secret("bearer")).map(Secret::reveal))
        .contains("a${b}");
    assertThat(settings.sections("datasets").firstEntry().getValue().text("get"))
        .isEqualTo("/accounts");
    assertThat(settings.values()).doesNotContainKeys("connector", "limits");
    assertThat(settings.toString()).doesNotContain(Trial.SECRET);
  }

  @Test
  void readsLimits() throws IOException {
    List<ConfiguredSystem> systems = new Trial(folder).valid(WHOLE).systems();
    assertThat(systems.getFirst().limits())
        .isEqualTo(
            new LimitSpec(
                Optional.of(new Allowance(10_000, new Allowance.Per.Day(ZoneId.of("UTC")))),
                OptionalDouble.of(20),
                OptionalInt.of(4),
                OptionalInt.of(500)));
    assertThat(systems.getLast().limits()).isEqualTo(LimitSpec.NONE);
  }

  @Test
  void readsTheHubsObjects() throws IOException {
    ConfiguredHub hub = new Trial(folder).valid(WHOLE).hub().orElseThrow();
    assertThat(hub.retention()).isEqualTo(Duration.ofDays(1));
    assertThat(hub.batch().imports())
        .isEqualTo(new BatchSettings(64 << 20, 2, 100, Duration.ofDays(2)));
    assertThat(hub.batch().exports())
        .isEqualTo(new ExportSettings(1, Duration.ofDays(2), Duration.ofSeconds(1)));
    assertThat(hub.objects()).hasSize(1);
    assertThat(hub.objects().getFirst().unique())
        .containsExactly(List.of("email"), List.of("businessName", "status"));
    assertThat(hub.objects().getFirst().fields())
        .extracting(field -> field.name() + " " + field.type().label() + " " + field.initial())
        .containsExactly(
            "businessName text(100) null",
            "status text new",
            "rating decimal(3,1) 2.5",
            "email text null");
  }

  @Test
  void readsAnEventSync() throws IOException {
    SyncSpec sync = sync("verified");
    assertThat(sync.from()).isEqualTo(Endpoint.of("hub", "distributors"));
    assertThat(sync.to()).isEqualTo(Endpoint.of("crm", "accounts"));
    assertThat(sync.where()).contains("record.status == 'verified'");
    assertThat(sync.leaving()).isEqualTo(Leaving.DELETE);
    assertThat(sync.map())
        .containsExactly(
            Map.entry("externalId", "record.externalReferenceCode"),
            Map.entry("name", "record.businessName"));
    assertThat(sync.key()).containsExactly("externalId");
    assertThat(sync.freshness()).contains(Duration.ofSeconds(5));
    assertThat(sync.strategy()).isEqualTo(Strategy.AUTO);
    assertThat(sync.retry()).isEqualTo(new Retry(5, Duration.ofSeconds(1), Duration.ofMinutes(5)));
  }

  @Test
  void readsAScheduledMirrorOfADatasetWithADot() throws IOException {
    SyncSpec sync = sync("balances");
    assertThat(sync.from()).isEqualTo(Endpoint.of("finance", "public.account_balances"));
    assertThat(sync.schedule())
        .contains(
            new ScheduleSpec(
                new When.Cron("0 18 * * MON-FRI", ZoneId.of("America/New_York")),
                Duration.ofSeconds(30),
                ScheduleSpec.Overlap.QUEUE,
                ScheduleSpec.Missed.SKIP));
    assertThat(sync.mode()).isEqualTo(Mode.MIRROR);
    assertThat(sync.strategy()).isEqualTo(Strategy.BOTH);
    assertThat(sync.guard().maxDeletePercent()).isEqualTo(10);
    assertThat(sync.retry()).isEqualTo(new Retry(5, Duration.ofSeconds(2), Duration.ofMinutes(5)));
    assertThat(sync.parallel()).isEqualTo(4);
  }

  @Test
  void readsBusinessDaysInTheZoneOfTheirCalendar() throws IOException {
    assertThat(sync("nightly").schedule().map(ScheduleSpec::when))
        .contains(
            new When.BusinessDays(
                LocalTime.of(18, 30),
                ZoneId.of("Asia/Amman"),
                Set.of(
                    DayOfWeek.SUNDAY,
                    DayOfWeek.MONDAY,
                    DayOfWeek.TUESDAY,
                    DayOfWeek.WEDNESDAY,
                    DayOfWeek.THURSDAY),
                Set.of()));
    assertThat(sync("nightly").incremental())
        .contains(new Incremental("changed_at", Duration.ofMinutes(5)));
    assertThat(sync("evening").schedule().map(ScheduleSpec::when))
        .contains(
            new When.BusinessDays(
                LocalTime.of(18, 0),
                BERLIN,
                EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                Set.of()));
  }

  @Test
  void readsHolidaysAndDaysInWords() throws IOException {
    String germany = WHOLE.replace("calendar: orient", "calendar: germany");
    assertThat(sync(germany, "nightly").schedule().map(ScheduleSpec::when))
        .contains(
            new When.BusinessDays(
                LocalTime.of(18, 30),
                BERLIN,
                Set.of(
                    DayOfWeek.MONDAY,
                    DayOfWeek.TUESDAY,
                    DayOfWeek.WEDNESDAY,
                    DayOfWeek.THURSDAY,
                    DayOfWeek.SATURDAY),
                Set.of(LocalDate.of(2026, 12, 25), LocalDate.of(2026, 12, 26))));
  }

  @Test
  void readsIntervalsAndPlainCrons() throws IOException {
    assertThat(sync("often").schedule())
        .contains(ScheduleSpec.of(new When.Every(Duration.ofMinutes(15))));
    assertThat(sync("often").create()).isTrue();
    assertThat(sync("daily").schedule()).contains(ScheduleSpec.of(new When.Cron("@daily", BERLIN)));
    assertThat(sync("daily").mode()).isEqualTo(Mode.APPEND);
  }

  @Test
  void readsTimesInUtcWhereNobodyNamesAZone() throws IOException {
    String yaml = WHOLE.replace("zone: Europe/Berlin, ", "");
    assertThat(sync(yaml, "daily").schedule())
        .contains(ScheduleSpec.of(new When.Cron("@daily", ZoneId.of("UTC"))));
  }

  @Test
  void letsSyncsShareATargetWhoseFieldsTheyDivide() throws IOException {
    Configuration shared =
        new Trial(folder)
            .valid(
                """
                lockstep: 1
                systems:
                  db: {connector: db, url: "db://one"}
                syncs:
                  names: {from: db.a, to: db.z, key: id, map: {id: record.id, name: record.name}}
                  phones: {from: db.b, to: db.z, key: id, map: {id: record.id, phone: record.phone}}
                  log-a: {from: db.a, to: db.log, mode: append}
                  log-b: {from: db.b, to: db.log, mode: append}
                """);
    assertThat(shared.syncs()).hasSize(4);
  }

  @Test
  void takesValuesFromFilesBesideTheConfiguration() throws IOException {
    Files.createDirectories(folder.resolve("secrets"));
    Files.writeString(folder.resolve("secrets/password.txt"), "from a file\n");
    Configuration configuration =
        new Trial(folder)
            .valid(WHOLE.replace("\"${PASSWORD}\"", "\"${file:secrets/password.txt}\""));
    assertThat(configuration.systems().getFirst().settings().secret("password").map(Secret::reveal))
        .contains("from a file");
  }

  @Test
  void findsThePlaceOfWhatIsFoundLater() throws IOException {
    Configuration configuration = new Trial(folder).valid(WHOLE);
    assertThat(
            configuration
                .problem("systems.finance.password", "refused " + Trial.SECRET, "write another")
                .toString())
        .isEqualTo("lockstep.yaml:13:5 systems.finance.password: refused ***; write another");
    assertThat(configuration.problem("syncs.verified.map.nothing", "f", "r").line()).isEqualTo(38);
  }

  private SyncSpec sync(String name) throws IOException {
    return sync(WHOLE, name);
  }

  private SyncSpec sync(String yaml, String name) throws IOException {
    return new Trial(folder)
        .valid(yaml).syncs().stream()
            .filter(sync -> sync.name().equals(name))
            .findFirst()
            .orElseThrow();
  }
}
