package dev.lockstep.hub.module;

import dev.lockstep.store.Migration;
import dev.lockstep.store.Tx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was deployed last, by module and version. */
final class Deployed {
  static final Migration MIGRATION =
      new Migration(
          "hub_module",
          List.of(
              """
              CREATE TABLE hub_contract (
                module TEXT NOT NULL, version TEXT NOT NULL, body TEXT NOT NULL,
                PRIMARY KEY (module, version)) STRICT, WITHOUT ROWID
              """,
              """
              CREATE TABLE hub_request (
                module TEXT NOT NULL, who TEXT NOT NULL, name TEXT NOT NULL, print TEXT NOT NULL,
                until INTEGER NOT NULL, status INTEGER NOT NULL, tag TEXT, location TEXT,
                body TEXT NOT NULL, PRIMARY KEY (module, who, name)) STRICT;
              CREATE INDEX hub_request_until ON hub_request (until);
              """));

  private Deployed() {}

  /** A version of a module. */
  record Key(String module, String version) {}

  static Map<Key, Contract> read(Tx tx) {
    Map<Key, Contract> contracts = new LinkedHashMap<>();
    tx.list(
            "SELECT module, version, body FROM hub_contract ORDER BY module, version",
            row -> Map.entry(new Key(row.text(1), row.text(2)), Contract.parse(row.text(3))))
        .forEach(entry -> contracts.put(entry.getKey(), entry.getValue()));
    return contracts;
  }

  /** Keeps what is deployed from now on, in place of what was. */
  static void write(Tx tx, Map<Key, Contract> before, Map<Key, Contract> now) {
    if (before.equals(now)) {
      return;
    }
    before.keySet().stream()
        .filter(key -> !now.containsKey(key))
        .forEach(key ->
            tx.update(
                "DELETE FROM hub_contract WHERE module = ? AND version = ?",
                key.module(),
                key.version()));
    now.forEach((key, contract) ->
        tx.update(
            "INSERT INTO hub_contract (module, version, body) VALUES (?, ?, ?)"
                + " ON CONFLICT (module, version) DO UPDATE SET body = excluded.body",
            key.module(),
            key.version(),
            contract.text()));
  }
}
