package dev.lockstep.store;

import dev.lockstep.testkit.servers.RealPostgres;
import java.util.List;

/** Stores in PostgreSQL with the tables of {@link TestStores}. */
final class PostgresStores {
  static final Migration NUMBERS =
      new Migration(
          "numbers",
          List.of(
              "create table number(n integer primary key, words text, bytes blob, measure real) strict",
              "create table counted(id integer primary key autoincrement, name text not null)"));

  private PostgresStores() {}

  /** A place of its own in the server that the tests share. */
  static PostgresPlace place() {
    RealPostgres server = RealPostgres.newest();
    return new PostgresPlace(server.url(server.createDatabase()), server.user(), "", "lockstep");
  }

  static PostgresStore open(PostgresPlace place) {
    return PostgresStore.open(place, List.of(NUMBERS));
  }

  static int insert(Store store, long n) throws InterruptedException {
    return TestStores.insert(store, n);
  }
}
