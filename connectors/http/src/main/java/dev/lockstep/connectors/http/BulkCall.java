package dev.lockstep.connectors.http;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Problem;
import dev.lockstep.connector.Writer.Batch;
import dev.lockstep.connector.Writer.Mutation;
import dev.lockstep.connector.Writer.Outcome;
import dev.lockstep.connectors.http.Resource.Verb;
import io.helidon.http.Header;
import io.helidon.http.HeaderValues;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes many records with one call and reads what became of each. Thread-safe. */
final class BulkCall {
  private final Session session;
  private final BodyWriter bodies;
  private final Answers answers;

  BulkCall(Session session, BodyWriter bodies, Answers answers) {
    this.session = session;
    this.bodies = bodies;
    this.answers = answers;
  }

  /** Fills in the outcomes at these places of the batch; throws with those known that are. */
  void write(
      Resource resource, Bulk call, Batch batch, List<Integer> places, @Nullable Outcome[] outcomes)
      throws InterruptedException {
    List<Item> items = new ArrayList<>();
    for (int place : places) {
      try {
        items.add(new Item(place, body(resource, call, batch, place)));
      } catch (Unfitting unfit) {
        outcomes[place] =
            new Outcome.Rejected(session.redactor().clean(unfit.fault()), unfit.remedy());
      }
    }
    for (int from = 0; from < items.size(); from += call.rows()) {
      send(
          resource,
          call,
          batch,
          items.subList(from, Math.min(items.size(), from + call.rows())),
          outcomes);
    }
  }

  private record Item(int place, byte[] body) {}

  private byte[] body(Resource resource, Bulk call, Batch batch, int place) throws Unfitting {
    if (batch.mutations().get(place) instanceof Mutation.Upsert upsert) {
      RecordCall.refuseUnknownFields(resource, upsert.row());
    }
    return switch (batch.mutations().get(place)) {
      case Mutation.Upsert upsert ->
          bodies.record(call.shape().unwrapped(), batch.key(), upsert.key(), upsert.row());
      case Mutation.Delete delete -> bodies.key(batch.key(), delete.key());
      case Mutation.Move move -> throw new IllegalArgumentException("no moves are taken: " + move);
    };
  }

  private void send(
      Resource resource, Bulk call, Batch batch, List<Item> items, @Nullable Outcome[] outcomes)
      throws InterruptedException {
    Request request =
        new Request(
            RecordCall.method(call.verb()),
            session.origin(),
            session.api().basePath() + call.path(),
            bodies.array(call.shape().wrap(), items.stream().map(Item::body).toList()),
            headers(call, batch, items),
            call.verb() != Verb.POST,
            session.api().timeouts().request());
    Answers.Answer refused;
    try (Exchange exchange = session.calls().send(request)) {
      if (exchange.status() < 300) {
        answers.succeeded();
        new BulkResults(session, resource, call, batch).fill(exchange, places(items), outcomes);
        exchange.drain();
        return;
      }
      refused = answers.read(exchange);
    } catch (WireFailure failure) {
      throw session.transientFailure(call.toString(), failure);
    } catch (IOException broken) {
      Exchange.throwIfInterrupted();
      throw new ConnectorException(
          Failure.Transient.of(call + ": " + Faults.cut(broken.getMessage(), 200)), broken);
    }
    refused(resource, call, batch, items, outcomes, refused);
  }

  /** A refusal of the whole because of one record: halves tell which one. */
  private void refused(
      Resource resource,
      Bulk call,
      Batch batch,
      List<Item> items,
      @Nullable Outcome[] outcomes,
      Answers.Answer answer)
      throws InterruptedException {
    Outcome outcome =
        answers.outcome(resource, call.deed(), call.setting(), call.toString(), answer);
    if (items.size() > 1 && outcome instanceof Outcome.Rejected) {
      if (answer.status() == 404) {
        throw new ConnectorException(
            new Failure.Misconfigured(
                List.of(
                    new Problem(
                        call.setting(), call + " answered " + answer.said(), "check the path"))));
      }
      int half = items.size() / 2;
      send(resource, call, batch, items.subList(0, half), outcomes);
      send(resource, call, batch, items.subList(half, items.size()), outcomes);
      return;
    }
    items.forEach(item -> outcomes[item.place()] = outcome);
  }

  private List<Header> headers(Bulk call, Batch batch, List<Item> items) {
    Optional<String> header = session.api().idempotencyHeader();
    return call.verb() == Verb.POST && header.isPresent()
        ? List.of(
            RecordCall.JSON,
            HeaderValues.create(
                header.get(),
                Template.encode(batch.id() + "-" + items.getFirst().place() + "+" + items.size())))
        : List.of(RecordCall.JSON);
  }

  private static List<Integer> places(List<Item> items) {
    return items.stream().map(Item::place).toList();
  }
}
