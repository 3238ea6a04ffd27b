package dev.lockstep.connectors.http;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes records by the calls that a dataset describes. */
final class HttpWriter implements Writer {
  private final Session session;
  private final RecordCall records;
  private final BulkCall bulk;

  HttpWriter(Session session) {
    this.session = session;
    BodyWriter bodies = new BodyWriter(session.json(), session.api().sizes().record());
    Answers answers = new Answers(session);
    this.records = new RecordCall(session, bodies, answers);
    this.bulk = new BulkCall(session, bodies, answers);
  }

  @Override
  public Set<Ability> abilities(DatasetId dataset) {
    Resource resource = session.resource(dataset);
    Set<Ability> abilities = EnumSet.noneOf(Ability.class);
    if (resource.canUpsert()) {
      abilities.add(Ability.UPSERT);
    }
    if (resource.canDelete()) {
      abilities.add(Ability.DELETE);
    }
    if (resource.append().isPresent()) {
      abilities.add(Ability.APPEND);
      if (resource.appendDeduplicates() && session.api().idempotencyHeader().isPresent()) {
        abilities.add(Ability.DEDUPLICATES);
      }
    }
    return abilities;
  }

  @Override
  public List<Outcome> write(Batch batch) throws InterruptedException {
    return OnVirtualThread.run(() -> writeHere(batch));
  }

  private List<Outcome> writeHere(Batch batch) throws InterruptedException {
    Resource resource = session.resource(batch.dataset());
    @Nullable Outcome[] outcomes = new @Nullable Outcome[batch.mutations().size()];
    if (batch.mode() == Mode.UPSERT) {
      writeTogether(resource, batch, outcomes);
    }
    for (int i = 0; i < outcomes.length; i++) {
      if (outcomes[i] == null) {
        writeOne(resource, batch, i, outcomes);
      }
    }
    return List.of(Arrays.copyOf(outcomes, outcomes.length, Outcome[].class));
  }

  private void writeTogether(Resource resource, Batch batch, @Nullable Outcome[] outcomes)
      throws InterruptedException {
    List<Integer> upserts = new ArrayList<>();
    List<Integer> deletes = new ArrayList<>();
    for (int i = 0; i < outcomes.length; i++) {
      switch (batch.mutations().get(i)) {
        case Mutation.Upsert upsert -> upserts.add(i);
        case Mutation.Delete delete -> deletes.add(i);
        case Mutation.Move move ->
            throw new IllegalArgumentException("no moves are taken: " + move);
      }
    }
    writeTogether(resource, resource.batch(), batch, upserts, outcomes);
    writeTogether(resource, resource.batchDelete(), batch, deletes, outcomes);
  }

  private void writeTogether(
      Resource resource,
      Optional<Bulk> call,
      Batch batch,
      List<Integer> places,
      @Nullable Outcome[] outcomes)
      throws InterruptedException {
    if (call.isEmpty() || places.isEmpty()) {
      return;
    }
    try {
      bulk.write(resource, call.get(), batch, places, outcomes);
    } catch (ConnectorException busy) {
      deferRest(busy, outcomes);
    }
  }

  private void writeOne(Resource resource, Batch batch, int place, @Nullable Outcome[] outcomes)
      throws InterruptedException {
    try {
      outcomes[place] = records.write(resource, batch, place);
    } catch (ConnectorException busy) {
      deferRest(busy, outcomes);
    }
  }

  /**
   * The system became busy in the middle of a batch: what is known stays known, and the rest waits.
   * When nothing is known yet, the call as a whole failed.
   */
  private static void deferRest(ConnectorException busy, @Nullable Outcome[] outcomes) {
    boolean somethingKnown = Arrays.stream(outcomes).anyMatch(outcome -> outcome != null);
    if (!somethingKnown || !(busy.failure() instanceof Failure.Transient failure)) {
      throw busy;
    }
    for (int i = 0; i < outcomes.length; i++) {
      if (outcomes[i] == null) {
        outcomes[i] = new Outcome.Deferred(failure.message(), failure.retryAfter());
      }
    }
  }
}
