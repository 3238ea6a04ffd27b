package dev.lockstep.connectors.http;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Writer.Batch;
import dev.lockstep.connector.Writer.Mode;
import dev.lockstep.connector.Writer.Mutation;
import dev.lockstep.connector.Writer.Outcome;
import dev.lockstep.connectors.http.Resource.Order;
import dev.lockstep.connectors.http.Resource.Verb;
import dev.lockstep.connectors.http.Verdicts.Deed;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes one record with one call, or two where the API tells creating from updating. Thread-safe.
 */
final class RecordCall {
  private static final byte[] NOTHING = {};
  static final Header JSON = HeaderValues.create(HeaderNames.CONTENT_TYPE, "application/json");

  private final Session session;
  private final BodyWriter bodies;
  private final Answers answers;

  RecordCall(Session session, BodyWriter bodies, Answers answers) {
    this.session = session;
    this.bodies = bodies;
    this.answers = answers;
  }

  /** Writes the mutation at a place of the batch. */
  Outcome write(Resource resource, Batch batch, int place) throws InterruptedException {
    try {
      if (batch.mutations().get(place) instanceof Mutation.Upsert(Key key, Row row)) {
        refuseUnknownFields(resource, row);
      }
      return switch (batch.mutations().get(place)) {
        case Mutation.Upsert(Key key, Row row) when batch.mode() == Mode.APPEND ->
            one(
                resource,
                Deed.APPEND,
                need(resource.append(), resource, "append"),
                new Item(batch, place, key, row));
        case Mutation.Upsert(Key key, Row row) ->
            upsert(resource, new Item(batch, place, key, row));
        case Mutation.Delete(Key key) ->
            one(
                resource,
                Deed.DELETE,
                need(resource.delete(), resource, "delete"),
                new Item(batch, place, key, null));
        case Mutation.Move move ->
            throw new IllegalArgumentException("no moves are taken: " + move);
      };
    } catch (Unfitting unfit) {
      return new Outcome.Rejected(session.redactor().clean(unfit.fault()), unfit.remedy());
    }
  }

  /** One record of a batch; a deletion has no row. */
  private record Item(Batch batch, int place, Key key, @Nullable Row row) {
    String id() {
      return batch.id() + "-" + place;
    }
  }

  private static Order need(Optional<Order> order, Resource resource, String what) {
    return order.orElseThrow(() ->
        new ConnectorException(
            new Failure.Permanent(
                "dataset '" + resource.name() + "' describes no " + what + " call")));
  }

  /** Throws when the record has a field that a dataset with given fields does not have. */
  static void refuseUnknownFields(Resource resource, Row row) throws Unfitting {
    Dataset dataset = resource.dataset();
    if (dataset.open() || row.schema().equals(dataset.schema())) {
      return;
    }
    for (Field field : row.schema().fields()) {
      if (!dataset.schema().has(field.name())) {
        throw new Unfitting(
            "dataset '" + resource.name() + "' has no field '" + field.name() + "'",
            "add it under fields, or leave it out of the mapping");
      }
    }
  }

  private Outcome upsert(Resource resource, Item item) throws Unfitting, InterruptedException {
    if (resource.create().isEmpty() || resource.update().isEmpty()) {
      return one(resource, Deed.UPSERT, need(resource.upsert(), resource, "upsert"), item);
    }
    Order create = resource.create().get();
    Order update = resource.update().get();
    if (resource.createFirst()) {
      Answers.Answer created = send(resource, create, item);
      return created.status() == 409
          ? one(resource, Deed.UPDATE, update, item)
          : outcome(resource, Deed.CREATE, create, created);
    }
    Answers.Answer updated = send(resource, update, item);
    if (updated.status() != 404) {
      return outcome(resource, Deed.UPDATE, update, updated);
    }
    Answers.Answer created = send(resource, create, item);
    // Someone else created it between our two calls.
    return created.status() == 409
        ? one(resource, Deed.UPDATE, update, item)
        : outcome(resource, Deed.CREATE, create, created);
  }

  private Outcome one(Resource resource, Deed deed, Order order, Item item)
      throws Unfitting, InterruptedException {
    return outcome(resource, deed, order, send(resource, order, item));
  }

  private Outcome outcome(Resource resource, Deed deed, Order order, Answers.Answer answer) {
    return answers.outcome(resource, deed, order.setting(), order.toString(), answer);
  }

  private Answers.Answer send(Resource resource, Order order, Item item)
      throws Unfitting, InterruptedException {
    Request request = request(order, item);
    try (Exchange exchange = session.calls().send(request)) {
      if (exchange.status() >= 300 || resource.verdicts().isOwn(exchange.status())) {
        return answers.read(exchange);
      }
      drain(exchange);
      return new Answers.Answer(exchange.status(), "", Optional.empty(), Optional.empty());
    } catch (WireFailure failure) {
      throw session.transientFailure(order.toString(), failure);
    }
  }

  private static void drain(Exchange exchange) {
    try {
      exchange.drain();
    } catch (IOException brokenOff) {
      // The status said that it was applied; what else the body says is not needed.
      return;
    }
  }

  private Request request(Order order, Item item) throws Unfitting {
    Row row = item.row();
    boolean body = order.verb() != Verb.DELETE && row != null;
    return new Request(
        method(order.verb()),
        session.origin(),
        target(order.path(), item),
        row == null || !body
            ? NOTHING
            : bodies.record(order.shape(), item.batch().key(), item.key(), row),
        headers(order.verb(), body, item),
        order.verb() != Verb.POST,
        session.api().timeouts().request());
  }

  private String target(Template path, Item item) throws Unfitting {
    try {
      return path.expand(session.api().basePath(), name -> text(item, name));
    } catch (Template.Unfit unfit) {
      throw new Unfitting(
          String.valueOf(unfit.getMessage()), "give it another value at its source");
    }
  }

  private static @Nullable String text(Item item, String name) {
    int part = item.batch().key().indexOf(name);
    if (part >= 0) {
      return PathText.of(item.key().parts().get(part));
    }
    Row row = item.row();
    return row == null ? null : PathText.of(row.get(name));
  }

  private List<Header> headers(Verb verb, boolean body, Item item) {
    Optional<String> header = session.api().idempotencyHeader();
    if (verb == Verb.POST && item.row() != null && header.isPresent()) {
      // Invariant 2: the same id on every repetition lets the API apply it once.
      return List.of(JSON, HeaderValues.create(header.get(), Template.encode(item.id())));
    }
    return body ? List.of(JSON) : List.of();
  }

  static Method method(Verb verb) {
    return switch (verb) {
      case PUT -> Method.PUT;
      case POST -> Method.POST;
      case PATCH -> Method.PATCH;
      case DELETE -> Method.DELETE;
    };
  }
}
