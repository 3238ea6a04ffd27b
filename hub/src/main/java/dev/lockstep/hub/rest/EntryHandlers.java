package dev.lockstep.hub.rest;

import dev.lockstep.hub.Applied;
import dev.lockstep.hub.Author;
import dev.lockstep.hub.Draft;
import dev.lockstep.hub.Entry;
import dev.lockstep.hub.EntryRef;
import dev.lockstep.hub.Hub;
import dev.lockstep.hub.ObjectDefinition;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.function.Function;

/** Requests for one entry, named by code or id. */
final class EntryHandlers {
  private final Hub hub;
  private final HubHttpLimits limits;
  private final Function<ServerRequest, Author> author;

  EntryHandlers(Hub hub, HubHttpLimits limits, Function<ServerRequest, Author> author) {
    this.hub = hub;
    this.limits = limits;
    this.author = author;
  }

  void read(ServerRequest request, ServerResponse response) throws InterruptedException {
    EntryRef ref = EntryAddress.of(request);
    Entry entry =
        hub.find(object(request).name(), ref)
            .orElseThrow(() -> Refusal.of(Status.NOT_FOUND_404, "there is no entry with " + ref));
    if (Conditions.known(request, entry)) {
      response.header(HeaderNames.ETAG, Conditions.tag(entry));
      response.status(Status.NOT_MODIFIED_304).send();
    } else {
      Reply.entry(response, Status.OK_200, entry);
    }
  }

  void replace(ServerRequest request, ServerResponse response) throws InterruptedException {
    ObjectDefinition object = object(request);
    EntryRef ref = EntryAddress.of(request);
    Applied applied =
        hub.replace(
            object.name(),
            ref,
            body(request, object),
            Conditions.of(request),
            author.apply(request));
    boolean created = applied.effect() == Applied.Effect.CREATED;
    Reply.entry(response, created ? Status.CREATED_201 : Status.OK_200, applied.entry());
  }

  void patch(ServerRequest request, ServerResponse response) throws InterruptedException {
    ObjectDefinition object = object(request);
    EntryRef ref = EntryAddress.of(request);
    Applied applied =
        hub.patch(
            object.name(),
            ref,
            body(request, object),
            Conditions.of(request),
            author.apply(request));
    Reply.entry(response, Status.OK_200, applied.entry());
  }

  void delete(ServerRequest request, ServerResponse response) throws InterruptedException {
    hub.delete(
        object(request).name(),
        EntryAddress.of(request),
        Conditions.of(request),
        author.apply(request));
    response.status(Status.NO_CONTENT_204).send();
  }

  private Draft body(ServerRequest request, ObjectDefinition object) {
    return new RequestBody(request, object, limits.entryBytes()).entry();
  }

  private ObjectDefinition object(ServerRequest request) {
    return hub.object(request.path().pathParameters().get("object"));
  }
}
