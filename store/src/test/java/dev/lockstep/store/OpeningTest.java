package dev.lockstep.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpeningTest {
  @TempDir Path folder;

  private static final Migration WIDER =
      new Migration(
          "numbers",
          List.of(
              TestStores.NUMBERS.steps().getFirst(),
              "alter table number add column extra text; create index by_text on number(text)"));

  @Test
  void createsItsFolder() throws InterruptedException {
    try (SqliteStore store = TestStores.open(folder.resolve("a/b"))) {
      assertThat(TestStores.insert(store, 1)).isOne();
    }
  }

  @Test
  void isReadableByItsOwnerAlone() throws IOException, InterruptedException {
    assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
    Path parent = folder.resolve("parent");
    Path data = parent.resolve("data");
    try (SqliteStore store = TestStores.open(data);
        Stream<Path> files = Files.list(data)) {
      TestStores.insert(store, 1);
      assertThat(permissions(data)).isEqualTo("rwx------");
      assertThat(permissions(parent)).isNotEqualTo("rwx------");
      assertThat(files)
          .hasSize(4)
          .allSatisfy(file -> assertThat(permissions(file)).isEqualTo("rw-------"));
    }
  }

  @Test
  void leavesPermissionsThatSomebodyGave() throws IOException {
    assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
    TestStores.open(folder).close();
    Path file = TestStores.file(folder);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    TestStores.open(folder).close();
    assertThat(permissions(file)).isEqualTo("rw-r-----");
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void opensAFileWhosePathHasSpecialCharacters() throws InterruptedException {
    Path file = folder.resolve("what? 100% #1.db");
    try (SqliteStore store = SqliteStore.open(file, List.of(TestStores.NUMBERS))) {
      assertThat(TestStores.insert(store, 1)).isOne();
    }
    assertThat(file).isNotEmptyFile();
  }

  @Test
  void keepsDataWhenStepsAreAdded() throws InterruptedException {
    try (SqliteStore store = TestStores.open(folder)) {
      TestStores.insert(store, 1);
    }
    try (SqliteStore store = SqliteStore.open(TestStores.file(folder), List.of(WIDER))) {
      store.write(tx -> tx.update("update number set extra = ?", "new"));
      assertThat(TestStores.count(store)).isOne();
    }
  }

  @Test
  void refusesAPartOfANewerVersionNamingBoth() throws IOException {
    SqliteStore.open(TestStores.file(folder), List.of(WIDER)).close();
    byte[] before = Files.readAllBytes(TestStores.file(folder));
    assertThatThrownBy(() -> TestStores.open(folder))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("part 'numbers' has version 2, this program knows up to 1")
        .hasMessageContaining("start that newer version");
    assertThat(Files.readAllBytes(TestStores.file(folder))).isEqualTo(before);
  }

  @Test
  void refusesAFileOfANewerFormat() throws SQLException {
    TestStores.open(folder).close();
    sql("pragma user_version = 9");
    assertThatThrownBy(() -> TestStores.open(folder))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("the store has version 9, this program knows up to 1");
    assertThatThrownBy(() -> TestStores.inspect(folder))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("version 9");
  }

  @Test
  void refusesTheDatabaseOfAnotherProgram() throws SQLException {
    sql("create table t(a)");
    assertThatThrownBy(() -> TestStores.open(folder))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("of another program");
  }

  private void sql(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + TestStores.file(folder));
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  @Test
  void refusesAFileThatIsNoDatabaseAndLeavesItAsItWas() throws IOException {
    byte[] garbage = "not a database ".repeat(1000).getBytes(StandardCharsets.UTF_8);
    refusesDamaged(garbage);
  }

  @Test
  void refusesATruncatedFileAndLeavesItAsItWas() throws Exception {
    byte[] whole = filled();
    refusesDamaged(Arrays.copyOf(whole, whole.length / 2));
  }

  @Test
  void refusesAFileWithFlippedBytesInAPage() throws Exception {
    byte[] bytes = filled();
    int page = 4096 * 5;
    for (int i = page; i < page + 64; i++) {
      bytes[i] ^= 0x55;
    }
    refusesDamaged(bytes);
  }

  @Test
  void refusesAnEmptiedFileBesideItsLog() throws IOException {
    Files.createFile(TestStores.file(folder));
    Files.writeString(folder.resolve("store.db-wal"), "frames");
    assertThatThrownBy(() -> TestStores.open(folder))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("missing or empty, but its log");
    assertThat(folder.resolve("store.db-wal")).hasContent("frames");
  }

  private void refusesDamaged(byte[] bytes) throws IOException {
    Path file = TestStores.file(folder);
    Files.write(file, bytes);
    assertThatThrownBy(() -> TestStores.open(folder))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("the file is damaged and was left as it is")
        .hasMessageContaining("put back a backup");
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
  }

  private byte[] filled() throws Exception {
    try (SqliteStore store = TestStores.open(folder)) {
      store.write(tx -> {
        for (int n = 0; n < 2000; n++) {
          tx.update("insert into number(n, text) values (?, ?)", n, "text ".repeat(20));
        }
        return 1;
      });
    }
    byte[] bytes = Files.readAllBytes(TestStores.file(folder));
    assertThat(bytes.length).isGreaterThan(4096 * 20);
    return bytes;
  }

  @Test
  void canBeOpenedAfterItWasRefused() throws IOException, InterruptedException {
    refusesAFileThatIsNoDatabaseAndLeavesItAsItWas();
    Files.delete(TestStores.file(folder));
    try (SqliteStore store = TestStores.open(folder)) {
      assertThat(TestStores.insert(store, 1)).isOne();
    }
  }

  @Test
  void refusesTwoMigrationsOfOnePart() {
    assertThatThrownBy(() ->
            SqliteStore.open(
                TestStores.file(folder), List.of(TestStores.NUMBERS, TestStores.NUMBERS)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aStepThatFailsLeavesTheStoreAtItsOldVersion() throws InterruptedException {
    try (SqliteStore store = TestStores.open(folder)) {
      TestStores.insert(store, 1);
    }
    Migration wrong =
        new Migration(
            "numbers",
            List.of(
                TestStores.NUMBERS.steps().getFirst(), "drop table number; drop table nothing"));
    assertThatThrownBy(() -> SqliteStore.open(TestStores.file(folder), List.of(wrong)))
        .isInstanceOf(StoreException.class);
    try (SqliteStore store = TestStores.open(folder)) {
      assertThat(TestStores.count(store)).isOne();
    }
  }
}
