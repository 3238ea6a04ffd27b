package dev.lockstep.hub.rest;

import dev.lockstep.hub.Author;
import dev.lockstep.hub.Draft;
import dev.lockstep.hub.Edit;
import dev.lockstep.hub.EntriesRefused;
import dev.lockstep.hub.Entry;
import dev.lockstep.hub.EntryPage;
import dev.lockstep.hub.EntryRef;
import dev.lockstep.hub.Hub;
import dev.lockstep.hub.Match;
import dev.lockstep.hub.ObjectDefinition;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Requests for an object as a whole. */
final class ObjectHandlers {
  private final Hub hub;
  private final HubHttpLimits limits;
  private final Function<ServerRequest, Author> author;

  ObjectHandlers(Hub hub, HubHttpLimits limits, Function<ServerRequest, Author> author) {
    this.hub = hub;
    this.limits = limits;
    this.author = author;
  }

  void objects(ServerResponse response, Predicate<ObjectDefinition> shown) {
    Reply.objects(response, hub.objects().stream().filter(shown).toList());
  }

  void list(ServerRequest request, ServerResponse response)
      throws InterruptedException, IOException {
    ObjectDefinition object = object(request);
    EntryPage page;
    try {
      page = hub.list(object.name(), ListQuery.of(request.query()));
    } catch (EntriesRefused refused) {
      throw Refusal.ofQuery(refused);
    }
    Reply.page(response, page);
  }

  void create(ServerRequest request, ServerResponse response) throws InterruptedException {
    ObjectDefinition object = object(request);
    Draft draft = new RequestBody(request, object, limits.entryBytes()).entry();
    Entry entry = hub.create(object.name(), draft, author.apply(request));
    String code = URLEncoder.encode(entry.externalReferenceCode(), StandardCharsets.UTF_8);
    response.header(
        HeaderNames.LOCATION,
        request.prologue().uriPath().rawPath().replaceFirst("/$", "")
            + "/by-external-reference-code/"
            + code.replace("+", "%20"));
    Reply.entry(response, Status.CREATED_201, entry);
  }

  void createAll(ServerRequest request, ServerResponse response) throws InterruptedException {
    batch(request, response, (index, draft) -> new Edit.Create(draft));
  }

  void replaceAll(ServerRequest request, ServerResponse response) throws InterruptedException {
    batch(
        request,
        response,
        (index, draft) ->
            draft.externalReferenceCode() == null
                ? new Edit.Create(draft)
                : new Edit.Replace(named(index, draft), draft, Match.ANY));
  }

  void patchAll(ServerRequest request, ServerResponse response) throws InterruptedException {
    batch(
        request, response, (index, draft) -> new Edit.Patch(named(index, draft), draft, Match.ANY));
  }

  void deleteAll(ServerRequest request, ServerResponse response) throws InterruptedException {
    batch(request, response, (index, draft) -> new Edit.Delete(named(index, draft), Match.ANY));
  }

  private interface Editing {
    Edit of(int index, Draft draft);
  }

  private void batch(ServerRequest request, ServerResponse response, Editing editing)
      throws InterruptedException {
    ObjectDefinition object = object(request);
    List<Draft> drafts = new RequestBody(request, object, limits.batchBytes()).entries();
    List<Edit> edits = new ArrayList<>(drafts.size());
    for (Draft draft : drafts) {
      edits.add(editing.of(edits.size(), draft));
    }
    Reply.applied(response, hub.apply(object.name(), edits, author.apply(request)));
  }

  /** The entry that a member of a batch is about, named by its code or else by its id. */
  private static EntryRef named(int index, Draft draft) {
    String code = draft.externalReferenceCode();
    if (code != null) {
      return new EntryRef.Code(code);
    }
    if (draft.values().get("id") instanceof Long id) {
      return new EntryRef.Id(id);
    }
    throw Refusal.of(
        Refusal.UNPROCESSABLE,
        "entry " + index + " of the batch has neither externalReferenceCode nor id; send one");
  }

  private ObjectDefinition object(ServerRequest request) {
    return hub.object(request.path().pathParameters().get("object"));
  }
}
