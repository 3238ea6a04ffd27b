package dev.lockstep.engine.journal;

import dev.lockstep.store.Migration;
import java.util.List;

/**
 * The journal's tables.
 *
 * <ul>
 *   <li>{@code journal_capture}: one row per capture; {@code head} is the last sequence given out,
 *       {@code trimmed} the last one dropped, {@code batches} and {@code bytes} what is held.
 *   <li>{@code journal_batch}: one row per batch, found by its last sequence, so that "the batch
 *       that holds what follows n" is one step in the index.
 *   <li>{@code journal_dataset}: how many changes each dataset ever had.
 *   <li>{@code journal_count}: how many it had before each batch that holds some of it, so that a
 *       count up to any sequence is one step too.
 * </ul>
 */
final class JournalTables {
  static final Migration MIGRATION =
      new Migration(
          "journal",
          List.of(
              """
              create table journal_capture(
                id integer primary key,
                name text not null unique,
                position text not null,
                head integer not null default 0,
                trimmed integer not null default 0,
                batches integer not null default 0,
                bytes integer not null default 0
              ) strict;
              create table journal_batch(
                id integer primary key,
                capture integer not null references journal_capture(id),
                first integer not null,
                last integer not null,
                at integer not null,
                ends_transaction integer not null,
                unpacked integer not null,
                size integer not null,
                body blob not null
              ) strict;
              create unique index journal_batch_last on journal_batch(capture, last);
              create table journal_dataset(
                id integer primary key,
                capture integer not null references journal_capture(id),
                name text not null,
                total integer not null,
                unique(capture, name)
              ) strict;
              create table journal_count(
                dataset integer not null references journal_dataset(id),
                last integer not null,
                before integer not null,
                count integer not null,
                primary key(dataset, last)
              ) strict, without rowid;
              """));

  private JournalTables() {}
}
