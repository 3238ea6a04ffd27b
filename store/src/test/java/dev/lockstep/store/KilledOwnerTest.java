package dev.lockstep.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledOwnerTest {
  @TempDir Path folder;

  @Test
  void everyAcknowledgedWriteOutlivesAKillAndNoneIsHalf() throws Exception {
    for (int round = 1; round <= 3; round++) {
      Set<Long> acknowledged = new HashSet<>();
      try (Child child = Child.start(WritingChild.class, folder)) {
        assertThat(child.line()).isEqualTo("open");
        for (int i = 0; i < 500 * round; i++) {
          acknowledged.add(Long.parseLong(child.line()));
        }
        List<String> rest = child.kill();
        // The last line may have been cut by the kill.
        rest.stream()
            .limit(Math.max(0, rest.size() - 1))
            .map(Long::parseLong)
            .forEach(acknowledged::add);
      }
      assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(500);
      try (SqliteStore store = TestStores.open(folder)) {
        Set<Long> kept =
            new HashSet<>(store.read(tx -> tx.list("select n from number", row -> row.integer(1))));
        assertThat(kept).containsAll(acknowledged);
        assertThat(kept).allMatch(n -> kept.contains(n ^ 1));
      }
    }
  }

  @Test
  void refusesASecondInstanceNamingTheFirst() throws Exception {
    try (Child child = Child.start(WritingChild.class, folder)) {
      assertThat(child.line()).isEqualTo("open");
      assertThatThrownBy(() -> TestStores.open(folder))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(
              "is in use by process " + child.pid() + "; stop that Lockstep first");
    }
    TestStores.open(folder).close();
  }

  @Test
  void refusesASecondOpeningInOneProcessAndKeepsTheFirstSafe() throws Exception {
    try (SqliteStore store = TestStores.open(folder)) {
      assertThatThrownBy(() -> TestStores.open(folder))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("already open in this process");
      assertThat(TestStores.insert(store, 1)).isOne();
    }
  }

  @Test
  void canBeInspectedWhileAnotherProcessOwnsIt() throws Exception {
    try (Child child = Child.start(WritingChild.class, folder)) {
      assertThat(child.line()).isEqualTo("open");
      child.line();
      try (Store inspected = TestStores.inspect(folder)) {
        assertThat(TestStores.count(inspected)).isPositive();
        assertThatThrownBy(() -> TestStores.insert(inspected, -1))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("opened to be inspected");
      }
    }
  }

  @Test
  void refusesToInspectAStoreThatLacksAPart() {
    TestStores.open(folder).close();
    Migration other = new Migration("other", List.of("create table other(n integer)"));
    assertThatThrownBy(
            () -> SqliteStore.inspect(TestStores.file(folder), List.of(TestStores.NUMBERS, other)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("written by an older Lockstep")
        .hasMessageContaining("[other]");
  }

  @Test
  void refusesToInspectWhatIsNotThere() {
    assertThatThrownBy(() -> TestStores.inspect(folder))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("does not exist");
    assertThat(TestStores.file(folder)).doesNotExist();
  }
}
