package dev.lockstep.hub.liferay;

import dev.lockstep.hub.object.Definitions;
import dev.lockstep.hub.object.Folder;
import dev.lockstep.hub.object.Folders;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import tools.jackson.databind.node.ObjectNode;

/** Folders of definitions. */
final class FolderApi {
  private static final String FOLDERS = "/object-folders";
  private static final int MOST_BYTES = 1 << 20;

  private final Definitions definitions;
  private final Folders folders;

  FolderApi(Definitions definitions) {
    this.definitions = definitions;
    this.folders = definitions.folders();
  }

  void routing(Rules rules) {
    rules
        .get(
            FOLDERS,
            (request, response) ->
                Answer.page(
                    response,
                    definitions.model().folders().stream().map(FolderApi::shown).toList(),
                    Paging.of(request.query())))
        .post(FOLDERS, (request, response) -> answer(response, folders.create(body(request))))
        .get(
            FOLDERS + Rules.BY_CODE + "{code}",
            (request, response) -> answer(response, named(request)))
        .put(
            FOLDERS + Rules.BY_CODE + "{code}",
            (request, response) ->
                answer(response, folders.put(Rules.text(request, "code"), body(request))))
        .get(FOLDERS + "/{id}", (request, response) -> answer(response, numbered(request)))
        .put(
            FOLDERS + "/{id}",
            (request, response) ->
                answer(response, folders.change(numbered(request).id(), body(request), true)))
        .patch(
            FOLDERS + "/{id}",
            (request, response) ->
                answer(response, folders.change(numbered(request).id(), body(request), false)))
        .delete(
            FOLDERS + "/{id}",
            (request, response) -> {
              folders.delete(numbered(request).id());
              Answer.nothing(response);
            });
  }

  private static ObjectNode body(ServerRequest request) {
    return Body.object(request, MOST_BYTES);
  }

  private Folder numbered(ServerRequest request) {
    long id = Rules.id(request, "id", "ObjectFolder");
    return definitions.model().folders().stream()
        .filter(it -> it.id() == id)
        .findFirst()
        .orElseThrow(() -> Fault.missing("No ObjectFolder exists with the primary key " + id));
  }

  private Folder named(ServerRequest request) {
    String code = Rules.text(request, "code");
    return definitions.model().folders().stream()
        .filter(it -> it.code().equals(code))
        .findFirst()
        .orElseThrow(
            () -> Fault.missing("No ObjectFolder exists with the external reference code " + code));
  }

  private static void answer(ServerResponse response, Folder folder) {
    Answer.document(response, shown(folder));
  }

  private static ObjectNode shown(Folder folder) {
    ObjectNode shown = folder.body().deepCopy();
    String address = "/o/object-admin/v1.0" + FOLDERS + "/" + folder.id();
    ObjectNode actions = shown.putObject("actions");
    Links.add(actions, "delete", address, "DELETE");
    Links.add(actions, "get", address, "GET");
    Links.add(actions, "update", address, "PUT");
    return shown;
  }
}
