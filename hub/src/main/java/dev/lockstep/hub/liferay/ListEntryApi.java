package dev.lockstep.hub.liferay;

import dev.lockstep.hub.object.Picklist;
import dev.lockstep.hub.object.Picklists;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import tools.jackson.databind.node.ObjectNode;

/**
 * The entries of picklists.
 *
 * @param lists the picklists as documents
 */
record ListEntryApi(NamedDocumentApi<Picklist> lists, Picklists picklists) {
  private static final String ENTRIES = "/list-type-entries";

  void routing(Rules rules) {
    String coded = lists.path() + Rules.BY_CODE + "{code}" + ENTRIES;
    String numbered = lists.path() + "/{id}" + ENTRIES;
    rules
        .get(coded, (request, response) -> list(request, response, lists.coded(request)))
        .post(coded, (request, response) -> add(request, response, lists.coded(request)))
        .get(numbered, (request, response) -> list(request, response, lists.numbered(request)))
        .post(numbered, (request, response) -> add(request, response, lists.numbered(request)))
        .get(ENTRIES + "/{id}", this::show)
        .put(ENTRIES + "/{id}", (request, response) -> change(request, response, true))
        .patch(ENTRIES + "/{id}", (request, response) -> change(request, response, false))
        .delete(
            ENTRIES + "/{id}",
            (request, response) -> {
              picklists.changeEntry(id(request), null, true);
              Answer.nothing(response);
            });
  }

  private static long id(ServerRequest request) {
    return Rules.id(request, "id", "ListTypeEntry");
  }

  private static void list(ServerRequest request, ServerResponse response, Picklist picklist) {
    Answer.page(response, picklist.entries(), Paging.of(request.query()));
  }

  private void add(ServerRequest request, ServerResponse response, Picklist picklist) {
    ObjectNode body = NamedDocumentApi.body(request);
    Answer.document(response, picklists.addEntry(picklist.id(), body, false));
  }

  private void change(ServerRequest request, ServerResponse response, boolean whole) {
    ObjectNode body = NamedDocumentApi.body(request);
    Answer.document(response, picklists.changeEntry(id(request), body, whole));
  }

  private void show(ServerRequest request, ServerResponse response) {
    long id = id(request);
    ObjectNode entry =
        picklists.all().stream()
            .flatMap(it -> it.entry(id).stream())
            .findFirst()
            .orElseThrow(() -> Fault.missing("No ListTypeEntry exists with the primary key " + id));
    Answer.document(response, entry);
  }
}
