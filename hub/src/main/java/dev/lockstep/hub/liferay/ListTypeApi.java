package dev.lockstep.hub.liferay;

import dev.lockstep.hub.object.Definitions;
import dev.lockstep.hub.object.Documents;
import dev.lockstep.hub.object.Picklist;
import dev.lockstep.hub.object.Picklists;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** Picklists and their entries. */
final class ListTypeApi {
  private static final String LISTS = "/list-type-definitions";
  private static final String ENTRIES = "/list-type-entries";
  private static final int MOST_BYTES = 16 << 20;

  private final Definitions definitions;
  private final Picklists picklists;

  ListTypeApi(Definitions definitions) {
    this.definitions = definitions;
    this.picklists = definitions.picklists();
  }

  void routing(Rules rules) {
    rules
        .get(LISTS, this::list)
        .post(LISTS, (request, response) -> answer(response, picklists.create(body(request))))
        .get(
            LISTS + Rules.BY_CODE + "{code}",
            (request, response) -> answer(response, named(request)))
        .put(
            LISTS + Rules.BY_CODE + "{code}",
            (request, response) ->
                answer(response, picklists.put(Rules.text(request, "code"), body(request))))
        .get(
            LISTS + Rules.BY_CODE + "{code}" + ENTRIES,
            (request, response) ->
                Answer.page(response, named(request).entries(), Paging.of(request.query())))
        .post(
            LISTS + Rules.BY_CODE + "{code}" + ENTRIES,
            (request, response) ->
                Answer.document(
                    response, picklists.addEntry(named(request).id(), body(request), false)))
        .get(LISTS + "/{id}", (request, response) -> answer(response, numbered(request)))
        .put(
            LISTS + "/{id}",
            (request, response) ->
                answer(response, picklists.change(id(request), body(request), true)))
        .patch(
            LISTS + "/{id}",
            (request, response) ->
                answer(response, picklists.change(id(request), body(request), false)))
        .delete(
            LISTS + "/{id}",
            (request, response) -> {
              picklists.delete(id(request));
              Answer.nothing(response);
            })
        .get(
            LISTS + "/{id}" + ENTRIES,
            (request, response) ->
                Answer.page(response, numbered(request).entries(), Paging.of(request.query())))
        .post(
            LISTS + "/{id}" + ENTRIES,
            (request, response) ->
                Answer.document(
                    response, picklists.addEntry(numbered(request).id(), body(request), false)))
        .get(ENTRIES + "/{id}", this::entry)
        .put(
            ENTRIES + "/{id}",
            (request, response) ->
                Answer.document(
                    response, picklists.changeEntry(entryId(request), body(request), true)))
        .patch(
            ENTRIES + "/{id}",
            (request, response) ->
                Answer.document(
                    response, picklists.changeEntry(entryId(request), body(request), false)))
        .delete(
            ENTRIES + "/{id}",
            (request, response) -> {
              picklists.changeEntry(entryId(request), null, true);
              Answer.nothing(response);
            });
  }

  private static ObjectNode body(ServerRequest request) {
    return Body.object(request, MOST_BYTES);
  }

  private static long id(ServerRequest request) {
    return Rules.id(request, "id", "ListTypeDefinition");
  }

  private static long entryId(ServerRequest request) {
    return Rules.id(request, "id", "ListTypeEntry");
  }

  private Picklist numbered(ServerRequest request) {
    long id = id(request);
    return definitions
        .model()
        .picklist(id)
        .orElseThrow(
            () -> Fault.missing("No ListTypeDefinition exists with the primary key " + id));
  }

  private Picklist named(ServerRequest request) {
    String code = Rules.text(request, "code");
    return definitions
        .model()
        .picklist(code)
        .orElseThrow(() ->
            Fault.missing("No ListTypeDefinition exists with the external reference code " + code));
  }

  private static void answer(ServerResponse response, Picklist picklist) {
    Answer.document(response, shown(picklist));
  }

  private static ObjectNode shown(Picklist picklist) {
    ObjectNode shown = picklist.body().deepCopy();
    String address = "/o/headless-admin-list-type/v1.0/list-type-definitions/" + picklist.id();
    ObjectNode actions = shown.putObject("actions");
    Links.add(actions, "delete", address, "DELETE");
    Links.add(actions, "get", address, "GET");
    Links.add(actions, "update", address, "PUT");
    return shown;
  }

  private void list(ServerRequest request, ServerResponse response) {
    String search =
        request.query().contains("search")
            ? request.query().get("search").toLowerCase(Locale.ROOT)
            : "";
    List<ObjectNode> found =
        definitions.model().picklists().stream()
            .filter(
                it -> Documents.text(it.body(), "name").toLowerCase(Locale.ROOT).contains(search))
            .map(ListTypeApi::shown)
            .toList();
    Answer.page(response, found, Paging.of(request.query()));
  }

  private void entry(ServerRequest request, ServerResponse response) {
    long id = entryId(request);
    ObjectNode entry =
        definitions.model().picklists().stream()
            .flatMap(it -> it.entry(id).stream())
            .findFirst()
            .orElseThrow(() -> Fault.missing("No ListTypeEntry exists with the primary key " + id));
    Answer.document(response, entry);
  }
}
