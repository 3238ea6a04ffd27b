package dev.lockstep.hub;

import dev.lockstep.store.Migration;
import java.util.List;

/** The hub's own tables; each object's table besides is {@link Catalogue}'s. */
final class HubTables {
  static final Migration MIGRATION =
      new Migration(
          "hub",
          List.of(
              """
              CREATE TABLE hub_field (
                object TEXT NOT NULL, field TEXT NOT NULL, type TEXT NOT NULL, col TEXT NOT NULL,
                PRIMARY KEY (object, field)) STRICT, WITHOUT ROWID
              """,
              """
              CREATE TABLE hub_unique (
                name TEXT PRIMARY KEY, object TEXT NOT NULL, fields TEXT NOT NULL) STRICT
              """,
              """
              CREATE TABLE hub_log (
                id TEXT NOT NULL, trimmed INTEGER NOT NULL, trimmed_at INTEGER NOT NULL) STRICT
              """,
              """
              CREATE TABLE hub_event (
                seq INTEGER PRIMARY KEY, tx INTEGER NOT NULL, at INTEGER NOT NULL,
                object TEXT NOT NULL, erc TEXT NOT NULL, operation TEXT NOT NULL,
                version INTEGER NOT NULL, before BLOB, after BLOB, who TEXT, origin TEXT) STRICT
              """,
              """
              CREATE TABLE hub_subscription (
                name TEXT PRIMARY KEY, acknowledged INTEGER NOT NULL) STRICT
              """,
              """
              CREATE TABLE hub_ledger (
                object TEXT NOT NULL, owner TEXT NOT NULL, seal TEXT NOT NULL,
                PRIMARY KEY (object, owner)) STRICT, WITHOUT ROWID
              """,
              """
              CREATE TABLE hub_number (
                series TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT, WITHOUT ROWID
              """,
              """
              CREATE TABLE hub_document (
                kind TEXT NOT NULL, id INTEGER NOT NULL, body TEXT NOT NULL,
                PRIMARY KEY (kind, id)) STRICT, WITHOUT ROWID
              """,
              """
              CREATE TABLE hub_action (
                id INTEGER PRIMARY KEY, since INTEGER NOT NULL, status INTEGER NOT NULL) STRICT;
              CREATE TABLE hub_delivery (
                n INTEGER PRIMARY KEY, event TEXT NOT NULL UNIQUE, action INTEGER NOT NULL,
                name TEXT NOT NULL, object TEXT NOT NULL, entry TEXT NOT NULL, cause TEXT NOT NULL,
                at INTEGER NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL, tried INTEGER,
                url TEXT, body TEXT NOT NULL, status INTEGER, answer TEXT, reason TEXT) STRICT;
              CREATE INDEX hub_delivery_entry ON hub_delivery (object, entry, n);
              CREATE INDEX hub_delivery_state ON hub_delivery (state, n);
              """,
              """
              CREATE TABLE hub_file (
                id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
                bytes INTEGER NOT NULL, digest TEXT NOT NULL, place TEXT NOT NULL UNIQUE,
                at INTEGER NOT NULL) STRICT
              """,
              """
              ALTER TABLE hub_event ADD COLUMN cause TEXT;
              ALTER TABLE hub_event ADD COLUMN signal TEXT;
              ALTER TABLE hub_delivery ADD COLUMN chain TEXT;
              """,
              """
              ALTER TABLE hub_delivery ADD COLUMN target TEXT NOT NULL DEFAULT ''
              """,
              """
              CREATE INDEX hub_event_entry ON hub_event (object, erc, seq)
              """,
              """
              CREATE TABLE hub_kept (
                id INTEGER PRIMARY KEY, class TEXT NOT NULL, delegate TEXT NOT NULL,
                code TEXT NOT NULL, body TEXT NOT NULL, UNIQUE (class, delegate, code)) STRICT
              """,
              """
              CREATE TABLE hub_file_within (file INTEGER PRIMARY KEY) STRICT
              """));

  private HubTables() {}
}
