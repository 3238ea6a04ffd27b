package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.ChangeReader.Subscription;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Problem;
import dev.lockstep.connectors.jdbc.Dialect;
import dev.lockstep.connectors.jdbc.Failures;
import dev.lockstep.connectors.jdbc.JdbcConnection;
import dev.lockstep.connectors.jdbc.Sessions;
import dev.lockstep.connectors.jdbc.Table;
import dev.lockstep.connectors.jdbc.TableName;
import dev.lockstep.connectors.jdbc.Tables;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What keeps a database from being followed, each with the statement that mends it. */
final class PgLogCheck {
  private static final int OLDEST = 140_000;

  private final Sessions sessions;
  private final Tables tables;
  private final PostgresSettings settings;
  private final String application;

  PgLogCheck(JdbcConnection database, PostgresSettings settings, String application) {
    this.sessions = database.sessions();
    this.tables = database.tables();
    this.settings = settings;
    this.application = application;
  }

  List<Problem> all(Subscription subscription) throws InterruptedException {
    PgLogReader.Place place = PgLogReader.place(sessions, settings, subscription);
    if (place.version() < OLDEST) {
      return List.of(
          new Problem(
              "url",
              "changes are followed from PostgreSQL 14 on, and this is " + place.version() / 10_000,
              "use `schedule` in these syncs, or upgrade the server"));
    }
    List<Problem> problems = new ArrayList<>(looked(subscription));
    PgServerFacts facts = facts(place);
    problems.addAll(facts.problems(sessions.dialect(), place));
    if (problems.isEmpty()) {
      problems.addAll(rights(subscription, place, facts));
    }
    if (problems.isEmpty()) {
      problems.addAll(connects());
    }
    return problems;
  }

  private PgServerFacts facts(PgLogReader.Place place) throws InterruptedException {
    return sessions.run(
        PgReplication.INTENT, connection -> PgServerFacts.of(connection, place.names().slot()));
  }

  private List<Problem> looked(Subscription subscription) throws InterruptedException {
    subscription.datasets().forEach(tables::forget);
    return tables(subscription);
  }

  /** Tables whose rows the log cannot tell apart. */
  List<Problem> tables(Subscription subscription) throws InterruptedException {
    Map<DatasetId, Table> followed = new LinkedHashMap<>();
    for (DatasetId dataset : subscription.datasets()) {
      followed.put(dataset, tables.need(dataset));
    }
    return sessions.run(
        PgReplication.INTENT,
        connection -> {
          List<Problem> problems = new ArrayList<>();
          for (Map.Entry<DatasetId, Table> each : followed.entrySet()) {
            problems.addAll(
                PgIdentity.of(connection, each.getValue().name())
                    .problems(sessions.dialect(), each.getKey(), each.getValue()));
          }
          return problems;
        });
  }

  private List<Problem> rights(
      Subscription subscription, PgLogReader.Place place, PgServerFacts facts)
      throws InterruptedException {
    List<TableName> followed = List.copyOf(PgLogReader.tables(tables, subscription).keySet());
    return sessions.run(
        PgReplication.INTENT,
        connection -> {
          Dialect dialect = sessions.dialect();
          List<Problem> problems =
              new ArrayList<>(PgRights.reading(connection, dialect, facts.user(), followed));
          Optional<PgPublication> found =
              PgPublication.look(connection, place.names().publication());
          problems.addAll(
              place.names().ownPublication()
                  ? owned(connection, place, facts, found, followed)
                  : named(dialect, place, found, followed));
          return problems;
        });
  }

  private List<Problem> owned(
      Connection connection,
      PgLogReader.Place place,
      PgServerFacts facts,
      Optional<PgPublication> found,
      List<TableName> followed)
      throws SQLException {
    if (found.isPresent() && followed.stream().allMatch(found.get()::covers)) {
      return List.of();
    }
    return PgRights.publishing(connection, sessions.dialect(), facts.user(), place, followed);
  }

  /** What a publication that is not ours lacks. */
  private static List<Problem> named(
      Dialect dialect,
      PgLogReader.Place place,
      Optional<PgPublication> found,
      List<TableName> followed) {
    String name = place.names().publication();
    if (found.isEmpty()) {
      return List.of(
          new Problem(
              "publication",
              "there is no publication '" + name + "'",
              "run: " + PgPublication.create(dialect, name, followed)));
    }
    PgPublication publication = found.get();
    List<Problem> problems = new ArrayList<>();
    List<TableName> missing = followed.stream().filter(it -> !publication.covers(it)).toList();
    String alter = "run: ALTER PUBLICATION " + dialect.quote(name);
    if (!missing.isEmpty()) {
      problems.add(
          new Problem(
              "publication",
              "publication '" + name + "' does not have " + missing,
              alter + " ADD TABLE " + PgPublication.list(dialect, missing)));
    }
    if (!publication.everything()) {
      problems.add(
          new Problem(
              "publication",
              "publication '" + name + "' leaves out some kinds of changes",
              alter + " SET (publish = 'insert, update, delete, truncate')"));
    }
    if (!publication.throughRoot()) {
      problems.add(
          new Problem(
              "publication",
              "publication '" + name + "' shows partitions instead of their tables",
              alter + " SET (publish_via_partition_root = true)"));
    }
    return problems;
  }

  /** Whether a replication connection is let in at all. */
  private List<Problem> connects() throws InterruptedException {
    try (PgReplication replication =
        PgReplication.open(sessions, application, settings.silence())) {
      replication.identify();
      return List.of();
    } catch (ConnectorException e) {
      return List.of(
          new Problem(
              "url",
              "the server does not take a replication connection: " + e.getMessage(),
              "let it in in pg_hba.conf, by a line such as `host all "
                  + (settings.tables().user().isEmpty() ? "all" : settings.tables().user())
                  + " samehost scram-sha-256`, and run: SELECT pg_reload_conf()"));
    }
  }

  /** What to say when the publication cannot be made or altered. */
  ConnectorException publication(SQLException e, PgLogReader.Place place, List<TableName> followed)
      throws InterruptedException {
    if (!"42501".equals(e.getSQLState())) {
      return sessions.failure(e, PgReplication.INTENT);
    }
    return new ConnectorException(
        Failures.misconfigured(
            "publication",
            "publishing " + followed + ": " + Failures.text(e),
            PgRights.byAnother(sessions.dialect(), place.names().publication(), followed)),
        e);
  }

  /** A slot that nobody reads keeps the log until the disk is full, unless it is told otherwise. */
  void noteUnlimited(PgLogReader.Place place, System.Logger logger) throws InterruptedException {
    if (facts(place).unlimited()) {
      logger.log(
          System.Logger.Level.INFO,
          "replication slot {0} was created; max_slot_wal_keep_size is unlimited, so the server"
              + " keeps its log for as long as nobody reads it: watch what is retained, or limit it",
          place.names().slot());
    }
  }
}
