package dev.lockstep.store;

import java.nio.file.Path;
import java.util.List;

/** Stores with one table, for the tests of this package. */
final class TestStores {
  static final Migration NUMBERS =
      new Migration(
          "numbers",
          List.of(
              "create table number(n integer primary key, text text, bytes blob, real real) strict"));

  private TestStores() {}

  static SqliteStore open(Path folder) {
    return SqliteStore.open(file(folder), List.of(NUMBERS));
  }

  static Store inspect(Path folder) {
    return SqliteStore.inspect(file(folder), List.of(NUMBERS));
  }

  static Path file(Path folder) {
    return folder.resolve("store.db");
  }

  static int insert(Store store, long n) throws InterruptedException {
    return store.write(tx -> tx.update("insert into number(n) values (?)", n));
  }

  static long count(Store store) throws InterruptedException {
    return store.read(TestStores::count);
  }

  static long count(Tx tx) {
    return tx.first("select count(*) from number", row -> row.integer(1)).orElseThrow();
  }
}
