package dev.lockstep.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.connector.Connection;
import dev.lockstep.connector.ConnectorSpec.Role;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Writer;
import dev.lockstep.connector.Writer.Ability;
import dev.lockstep.connector.Writer.Batch;
import dev.lockstep.connector.Writer.Ledger;
import dev.lockstep.connector.Writer.Mode;
import dev.lockstep.connector.Writer.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The engine's position, kept in the target's own transaction. */
interface LedgerConformance extends Tried {

  private Optional<Connection> withLedger(Dataset dataset) throws InterruptedException {
    Connection connection = trial().open();
    return Trial.writer(connection).abilities(dataset.id()).contains(Ability.LEDGER)
        ? Optional.of(connection)
        : Optional.empty();
  }

  private List<Outcome> write(Connection connection, Dataset dataset, List<Row> rows, Ledger ledger)
      throws InterruptedException {
    Mode mode = Trial.mode(connection, dataset);
    Batch batch = trial().batch(dataset, mode, Trial.upserts(dataset, rows));
    return Trial.write(
        connection,
        new Batch(
            batch.id(), dataset.id(), batch.key(), mode, batch.mutations(), Optional.of(ledger)));
  }

  /** A ledger that notes what it was shown. */
  final class Noting implements Ledger {
    private final String owner;
    private final String text;
    private final List<Outcome> shown = new ArrayList<>();

    Noting(String owner, String text) {
      this.owner = owner;
      this.text = text;
    }

    @Override
    public String owner() {
      return owner;
    }

    @Override
    public String seal(List<Outcome> outcomes) {
      shown.clear();
      shown.addAll(outcomes);
      return text;
    }
  }

  @Test
  default void hasNoLedgerEntryBeforeTheFirst() throws InterruptedException {
    if (trial().has(Role.WRITE)) {
      Dataset dataset = trial().filled(1);
      Writer writer = Trial.writer(trial().open());
      assertThat(writer.ledger(dataset.id(), "nobody")).isEmpty();
      writer.forget(dataset.id(), "nobody");
    }
  }

  @Test
  default void commitsTheLedgerWithTheRecords() throws InterruptedException {
    if (trial().has(Role.WRITE)) {
      Dataset dataset = trial().filled(0);
      Optional<Connection> connection = withLedger(dataset);
      if (connection.isPresent()) {
        List<Row> rows = Samples.rows(dataset, 2);
        Noting first = new Noting("sync:a|0", "position 1");
        List<Outcome> outcomes = write(connection.get(), dataset, rows.subList(0, 1), first);
        assertThat(first.shown).isEqualTo(outcomes).containsOnly(Outcome.APPLIED);
        write(connection.get(), dataset, rows.subList(1, 2), new Noting("sync:b|0", "other 1"));
        write(connection.get(), dataset, List.of(), new Noting("sync:a|0", "position 2 'ü'"));
        Writer fresh = Trial.writer(trial().open());
        assertThat(fresh.ledger(dataset.id(), "sync:a|0")).contains("position 2 'ü'");
        assertThat(fresh.ledger(dataset.id(), "sync:b|0")).contains("other 1");
        trial().holds(dataset, rows);
      }
    }
  }

  @Test
  default void rollsBackTheRecordsWhenTheSealThrows() throws InterruptedException {
    if (trial().has(Role.WRITE)) {
      Dataset dataset = trial().filled(0);
      Optional<Connection> connection = withLedger(dataset);
      if (connection.isPresent()) {
        List<Row> rows = Samples.rows(dataset, 4);
        write(connection.get(), dataset, rows.subList(0, 1), new Noting("owner", "kept"));
        // Invariant 2: records and position stand or fall together.
        assertThatThrownBy(
                () -> write(connection.get(), dataset, rows.subList(1, 4), new Refusing()))
            .isInstanceOf(Refusal.class);
        trial().holds(dataset, rows.subList(0, 1));
        assertThat(Trial.writer(trial().open()).ledger(dataset.id(), "owner")).contains("kept");
        write(connection.get(), dataset, rows.subList(1, 4), new Noting("owner", "again"));
        trial().holds(dataset, rows);
      }
    }
  }

  /** The engine's own exception, which must pass through. */
  final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** A ledger whose seal throws. */
  final class Refusing implements Ledger {
    @Override
    public String owner() {
      return "owner";
    }

    @Override
    public String seal(List<Outcome> outcomes) {
      throw new Refusal();
    }
  }

  @Test
  default void forgetsByPrefix() throws InterruptedException {
    if (trial().has(Role.WRITE)) {
      Dataset dataset = trial().filled(0);
      Optional<Connection> connection = withLedger(dataset);
      if (connection.isPresent()) {
        Writer writer = Trial.writer(connection.get());
        for (String owner : List.of("run:1|a", "run:1|b", "run:12|a", "run%1|c")) {
          write(connection.get(), dataset, List.of(), new Noting(owner, "at " + owner));
        }
        writer.forget(dataset.id(), "run:1|");
        assertThat(writer.ledger(dataset.id(), "run:1|a")).isEmpty();
        assertThat(writer.ledger(dataset.id(), "run:1|b")).isEmpty();
        assertThat(writer.ledger(dataset.id(), "run:12|a")).contains("at run:12|a");
        writer.forget(dataset.id(), "run%");
        assertThat(writer.ledger(dataset.id(), "run:12|a")).contains("at run:12|a");
        assertThat(writer.ledger(dataset.id(), "run%1|c")).isEmpty();
      }
    }
  }
}
