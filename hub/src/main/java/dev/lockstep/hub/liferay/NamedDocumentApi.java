package dev.lockstep.hub.liferay;

import dev.lockstep.hub.object.NamedDocument;
import dev.lockstep.hub.object.NamedDocuments;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/**
 * Documents that stand by themselves, below a path.
 *
 * @param base the path of the API they are in
 * @param path theirs in it
 * @param type what Liferay calls one of them
 */
record NamedDocumentApi<T extends NamedDocument>(
    String base, String path, String type, NamedDocuments<T> documents) {
  private static final int MOST_BYTES = 16 << 20;

  void routing(Rules rules) {
    String coded = path + Rules.BY_CODE + "{code}";
    String numbered = path + "/{id}";
    rules
        .get(path, this::list)
        .post(path, (request, response) -> answer(response, documents.create(body(request))))
        .get(coded, (request, response) -> answer(response, coded(request)))
        .put(
            coded,
            (request, response) ->
                answer(response, documents.put(Rules.text(request, "code"), body(request))))
        .get(numbered, (request, response) -> answer(response, numbered(request)))
        .put(numbered, (request, response) -> change(request, response, true))
        .patch(numbered, (request, response) -> change(request, response, false))
        .delete(
            numbered,
            (request, response) -> {
              documents.delete(numbered(request).id());
              Answer.nothing(response);
            });
  }

  static ObjectNode body(ServerRequest request) {
    return Body.object(request, MOST_BYTES);
  }

  private void change(ServerRequest request, ServerResponse response, boolean whole) {
    answer(response, documents.change(numbered(request).id(), body(request), whole));
  }

  T numbered(ServerRequest request) {
    long id = Rules.id(request, "id", type);
    return documents
        .numbered(id)
        .orElseThrow(() -> Fault.missing("No " + type + " exists with the primary key " + id));
  }

  T coded(ServerRequest request) {
    String code = Rules.text(request, "code");
    return documents
        .coded(code)
        .orElseThrow(
            () -> Fault.missing("No " + type + " exists with the external reference code " + code));
  }

  private void list(ServerRequest request, ServerResponse response) {
    String search =
        request.query().contains("search")
            ? request.query().get("search").toLowerCase(Locale.ROOT)
            : "";
    List<ObjectNode> found =
        documents.all().stream()
            .filter(it -> it.name().toLowerCase(Locale.ROOT).contains(search))
            .map(this::shown)
            .toList();
    Answer.page(response, found, Paging.of(request.query()));
  }

  private void answer(ServerResponse response, T document) {
    Answer.document(response, shown(document));
  }

  private ObjectNode shown(T document) {
    ObjectNode shown = document.body().deepCopy();
    String address = LiferayRoutes.PATH + base + path + "/" + document.id();
    ObjectNode actions = shown.putObject("actions");
    Links.add(actions, "delete", address, "DELETE");
    Links.add(actions, "get", address, "GET");
    Links.add(actions, "update", address, "PUT");
    return shown;
  }
}
