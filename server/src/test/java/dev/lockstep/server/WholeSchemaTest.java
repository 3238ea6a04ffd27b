package dev.lockstep.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.engine.Finding;
import dev.lockstep.engine.StoredEngine;
import dev.lockstep.engine.SyncStatus;
import dev.lockstep.engine.sync.SyncSpec;
import dev.lockstep.server.admin.LiveAdmin;
import dev.lockstep.server.admin.RunOrder;
import dev.lockstep.server.config.Loaded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** {@code from: shop.*} is one sync per table. */
class WholeSchemaTest {
  @TempDir Path folder;

  @BeforeEach
  void fillTheSource() throws IOException, SQLException {
    Files.createDirectory(folder.resolve("shop"));
    shop("CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT)");
    shop("INSERT INTO customers VALUES (1, 'Ada'), (2, 'Bo')");
    shop("CREATE TABLE order_items (order_id INTEGER, line INTEGER, PRIMARY KEY (order_id, line))");
    shop("INSERT INTO order_items VALUES (1, 1), (1, 2), (1, 3)");
    shop("CREATE TABLE scratch_1 (id INTEGER PRIMARY KEY)");
    shop("CREATE TABLE lockstep_ledger (id INTEGER PRIMARY KEY)");
    write("{from: shop.*, to: replica.*, except: [scratch_*], schedule: '@daily', create: true}");
  }

  @Test
  void hasASyncForEachTableButItsOwnAndThoseExcepted() throws InterruptedException {
    try (Lockstep lockstep = Lockstep.open(folder)) {
      assertThat(lockstep.syncs())
          .extracting(sync -> sync.name() + " " + sync.from() + " " + sync.to())
          .containsExactly(
              "shop.customers shop.customers replica.customers",
              "shop.order_items shop.order_items replica.order_items");
      assertThat(lockstep.syncs()).allMatch(SyncSpec::create);
      assertThat(lockstep.check()).isEmpty();
    }
  }

  @Test
  void namesWhatTheStarStandsForOnTheOtherSide() throws Exception {
    write("{from: shop.order_*, to: replica.copy_of_*, schedule: '@daily'}");
    try (Lockstep lockstep = Lockstep.open(folder)) {
      assertThat(lockstep.syncs())
          .extracting(sync -> sync.name() + " " + sync.to())
          .containsExactly("shop.order_items replica.copy_of_items");
    }
  }

  @Test
  void runsAllOfThemAsOne() throws Exception {
    try (LiveAdmin admin = new LiveAdmin(Lockstep.open(folder))) {
      ObjectNode run = admin.run("shop", new RunOrder(true, false), progress -> {});
      assertThat(run.get("sync").stringValue()).isEqualTo("shop");
      assertThat(run.get("state").stringValue()).isEqualTo("done");
      assertThat(run.get("counts").get("applied").longValue()).isEqualTo(5);
      assertThat(admin.runs("shop", 10).get("items")).hasSize(2);
      ObjectNode compared = admin.dryRun("shop", difference -> {});
      assertThat(compared.get("same").longValue()).isEqualTo(5);
    }
    assertThat(stored()).containsExactly("shop.customers", "shop.order_items");
  }

  @Test
  void takesANewTableAtTheNextStartAndTellsOfItBefore() throws Exception {
    try (Lockstep lockstep = Lockstep.open(folder)) {
      shop("CREATE TABLE parts (id INTEGER PRIMARY KEY)");
      assertThat(texts(lockstep.check()))
          .containsExactly(
              "syncs.shop parts is new, and has no sync yet; start Lockstep again, or name it in"
                  + " `except`");
    }
    assertThat(stored()).containsExactly("shop.customers", "shop.order_items");
    try (Lockstep again = Lockstep.open(folder)) {
      assertThat(again.syncs()).extracting(SyncSpec::name).contains("shop.parts");
      assertThat(texts(again.check()))
          .containsExactly("syncs.shop parts is new; nothing is to be done: it has a sync now");
    }
  }

  @Test
  void missesATableThatIsGoneUntilItIsExcepted() throws Exception {
    try (Lockstep lockstep = Lockstep.open(folder)) {
      assertThat(lockstep.syncs()).hasSize(2);
    }
    shop("DROP TABLE customers");
    try (Lockstep again = Lockstep.open(folder)) {
      assertThat(texts(again.check()))
          .containsExactly(
              "syncs.shop.customers shop.customers does not exist; name it in `except` of"
                  + " syncs.shop if it is gone for good");
    }
    write("{from: shop.*, to: replica.*, except: [customers, scratch_*], schedule: '@daily'}");
    try (Lockstep without = Lockstep.open(folder)) {
      assertThat(without.syncs()).extracting(SyncSpec::name).containsExactly("shop.order_items");
    }
  }

  @Test
  void asksForAKeyOrAnException() throws Exception {
    shop("CREATE TABLE notes (text TEXT)");
    try (Lockstep lockstep = Lockstep.open(folder)) {
      assertThat(texts(lockstep.check()))
          .singleElement()
          .asString()
          .startsWith("syncs.shop.notes")
          .contains("give it a primary key; or name it in `except` of syncs.shop");
    }
  }

  @Test
  void missesATableThatIsNamedAndNotThere() throws Exception {
    write(
        "{from: shop.*, to: replica.*, tables: [customers, ordrs], schedule: '@daily', create: true}");
    try (Lockstep lockstep = Lockstep.open(folder)) {
      assertThat(texts(lockstep.check()))
          .singleElement()
          .asString()
          .contains("shop.ordrs does not exist");
    }
  }

  @Test
  void goesOnWithWhatIsKnownWhileTheSourceIsAway() throws Exception {
    try (Lockstep lockstep = Lockstep.open(folder)) {
      assertThat(lockstep.syncs()).hasSize(2);
    }
    Files.move(folder.resolve("shop"), folder.resolve("away"));
    try (Lockstep again = Lockstep.open(folder)) {
      again.start();
      assertThat(again.syncs()).hasSize(2);
      assertThat(texts(again.check())).anyMatch(text -> text.contains("the 2 known from before"));
    }
  }

  @Test
  void doesNotStartWithoutEverHavingSeenTheSource() throws Exception {
    Files.move(folder.resolve("shop"), folder.resolve("away"));
    assertThatThrownBy(() -> Lockstep.open(folder))
        .isInstanceOf(ConfigurationRefused.class)
        .hasMessageContaining("could not be asked, and is not known from before")
        .hasMessageContaining("start again");
  }

  @Test
  void refusesTwoSchemasInOne() throws Exception {
    write(
        "{from: shop.*, to: replica.*}\n  twin: {from: shop.*, to: replica.*, tables: [customers]}");
    assertThatThrownBy(() -> Lockstep.open(folder))
        .isInstanceOf(ConfigurationRefused.class)
        .hasMessageContaining("lockstep.yaml:7:")
        .hasMessageContaining("'shop.customers' writes the same dataset, replica.customers");
  }

  @Test
  void refusesAPatternThatFitsNothing() throws Exception {
    write("{from: shop.sales_*, to: replica.*}");
    assertThatThrownBy(() -> Lockstep.open(folder))
        .isInstanceOf(ConfigurationRefused.class)
        .hasMessageContaining("no table of this name; see `lockstep discover shop`");
  }

  private static List<String> texts(List<Finding> findings) {
    return findings.stream()
        .map(it -> it.place() + " " + it.problem().message() + "; " + it.problem().remedy())
        .toList();
  }

  private List<String> stored() throws InterruptedException {
    return switch (Lockstep.load(folder)) {
      case Loaded.Valid(var configuration) -> {
        try (StoredLockstep stored = StoredLockstep.open(configuration, InstantSource.system())) {
          StoredEngine engine = stored.engine();
          yield engine.syncs().stream().map(SyncStatus::name).toList();
        }
      }
      case Loaded.Invalid(var problems) -> throw new AssertionError(problems);
    };
  }

  private void write(String sync) throws IOException {
    Files.writeString(
        folder.resolve("lockstep.yaml"),
        """
        lockstep: 1
        systems:
          shop: {connector: jdbc, url: "jdbc:sqlite:%1$s/shop/shop.db"}
          replica: {connector: jdbc, url: "jdbc:sqlite:%1$s/replica.db"}
        syncs:
          shop: %2$s
        """
            .formatted(folder, sync));
  }

  private void shop(String sql) throws SQLException {
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("shop/shop.db"));
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
