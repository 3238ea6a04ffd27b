package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Writer;
import dev.lockstep.connectors.jdbc.Dialect;
import dev.lockstep.connectors.jdbc.Intent;
import dev.lockstep.connectors.jdbc.JdbcConnection;
import dev.lockstep.connectors.jdbc.JdbcWriter;
import dev.lockstep.connectors.jdbc.Sessions;
import dev.lockstep.connectors.jdbc.Table;
import dev.lockstep.connectors.jdbc.TableName;
import dev.lockstep.connectors.jdbc.Tables;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes tables as any database does, and several of them in one transaction. Thread-safe. */
final class PostgresWriter implements Writer, AutoCloseable {
  /** Tables that were described again leave their earlier descriptions behind. */
  private static final int TABLES = 10_000;

  private final JdbcWriter single;
  private final Sessions sessions;
  private final Tables tables;
  private final PgOrigin origin;
  private final PgSessions held;
  private final PgCircles circles = new PgCircles();
  private final PgApply.Habits habits = new PgApply.Habits();
  private volatile Known known = new Known(PgLinks.NONE, Set.of());

  /** The links as they were when these tables had been described. */
  private record Known(PgLinks links, Set<Table> tables) {}

  /**
   * @param idle how many connections are kept for transactions while there is none
   */
  PostgresWriter(JdbcConnection connection, PgOrigin origin, InstantSource clock, int idle) {
    this.origin = origin;
    this.single = connection.tableWriter();
    this.sessions = connection.sessions();
    this.tables = connection.tables();
    this.held = new PgSessions(sessions, clock, idle);
  }

  @Override
  public Set<Ability> abilities(DatasetId dataset) throws InterruptedException {
    Set<Ability> abilities = new HashSet<>(single.abilities(dataset));
    if (abilities.contains(Ability.UPSERT)) {
      abilities.add(Ability.MOVES);
      abilities.add(Ability.EXCHANGES);
    }
    return abilities;
  }

  @Override
  public List<Outcome> write(Batch batch) throws InterruptedException {
    return single.write(batch);
  }

  @Override
  public List<Outcome> exchange(Batch batch, List<Optional<Row>> expected)
      throws InterruptedException {
    return single.exchange(batch, expected);
  }

  @Override
  public Optional<String> ledger(DatasetId dataset, String owner) throws InterruptedException {
    return single.ledger(dataset, owner);
  }

  @Override
  public void forget(DatasetId dataset, String ownerPrefix) throws InterruptedException {
    single.forget(dataset, ownerPrefix);
  }

  @Override
  public boolean transacts() {
    return true;
  }

  @Override
  public List<DatasetId> inOrderOfReference(List<DatasetId> datasets) throws InterruptedException {
    List<Table> described = new ArrayList<>(datasets.size());
    for (DatasetId dataset : datasets) {
      described.add(table(dataset));
    }
    List<TableName> names = described.stream().map(Table::name).toList();
    List<DatasetId> ordered = new ArrayList<>(datasets.size());
    for (TableName name : links(described).parentsFirst(names)) {
      for (int i = 0; i < names.size(); i++) {
        if (names.get(i).equals(name) && !ordered.contains(datasets.get(i))) {
          ordered.add(datasets.get(i));
        }
      }
    }
    return ordered;
  }

  @Override
  public Writer filling() {
    return new PgFilling(this);
  }

  List<Outcome> fill(Batch batch) throws InterruptedException {
    return single.write(batch, true);
  }

  @Override
  public Transaction begin(DatasetId home) throws InterruptedException {
    TableName ledger = single.ensureLedger(table(home).name());
    return new PgTransaction(this, held.take(), ledger, Optional.empty());
  }

  Transaction beginFilling(DatasetId home) throws InterruptedException {
    TableName ledger = single.ensureLedger(table(home).name());
    return new PgTransaction(this, held.take(), ledger, Optional.of(circles));
  }

  /** Takes back the session of a transaction that has ended. */
  void give(PgSession session) {
    held.give(session);
  }

  PgOrigin origin() {
    return origin;
  }

  Dialect dialect() {
    return sessions.dialect();
  }

  PgApply.Habits habits() {
    return habits;
  }

  Table table(DatasetId dataset) throws InterruptedException {
    return tables.need(dataset);
  }

  Table target(Batch batch) throws InterruptedException {
    return single.target(batch);
  }

  /** Drops what is known of a table that did not answer as described. */
  void altered(DatasetId dataset) {
    tables.forget(dataset);
  }

  /** What ties these tables together; asked anew when one of them has been described since. */
  PgLinks links(Collection<Table> some) throws InterruptedException {
    Known now = known;
    if (now.tables.containsAll(some)) {
      return now.links;
    }
    PgLinks links = readLinks();
    Set<Table> described = Collections.newSetFromMap(new IdentityHashMap<>());
    if (now.tables.size() < TABLES) {
      described.addAll(now.tables);
    }
    described.addAll(some);
    known = new Known(links, described);
    return links;
  }

  PgLinks readLinks() throws InterruptedException {
    return sessions.run(Intent.describe(), PgLinks::read);
  }

  @Override
  public void close() {
    held.close();
  }
}
