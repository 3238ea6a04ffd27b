package dev.lockstep.hub.liferay;

import dev.lockstep.hub.object.Definitions;
import dev.lockstep.hub.object.Documents;
import dev.lockstep.hub.object.NotificationTemplate;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** The templates of messages that actions send. */
final class NotificationApi {
  private static final String TEMPLATES = "/notification-templates";
  private static final int MOST_BYTES = 4 << 20;

  private final Definitions definitions;

  NotificationApi(Definitions definitions) {
    this.definitions = definitions;
  }

  void routing(Rules rules) {
    rules
        .get(TEMPLATES, this::list)
        .post(
            TEMPLATES,
            (request, response) ->
                answer(response, definitions.notificationTemplates().create(body(request))))
        .get(
            TEMPLATES + Rules.BY_CODE + "{code}",
            (request, response) -> answer(response, named(request)))
        .put(
            TEMPLATES + Rules.BY_CODE + "{code}",
            (request, response) ->
                answer(
                    response,
                    definitions
                        .notificationTemplates()
                        .put(Rules.text(request, "code"), body(request))))
        .get(TEMPLATES + "/{id}", (request, response) -> answer(response, numbered(request)))
        .put(TEMPLATES + "/{id}", (request, response) -> change(request, response, true))
        .patch(TEMPLATES + "/{id}", (request, response) -> change(request, response, false))
        .delete(
            TEMPLATES + "/{id}",
            (request, response) -> {
              definitions.notificationTemplates().delete(id(request));
              Answer.nothing(response);
            });
  }

  private static ObjectNode body(ServerRequest request) {
    return Body.object(request, MOST_BYTES);
  }

  private static long id(ServerRequest request) {
    return Rules.id(request, "id", "NotificationTemplate");
  }

  private void change(ServerRequest request, ServerResponse response, boolean whole) {
    answer(response, definitions.notificationTemplates().change(id(request), body(request), whole));
  }

  private NotificationTemplate numbered(ServerRequest request) {
    long id = id(request);
    return definitions
        .model()
        .template(id)
        .orElseThrow(
            () -> Fault.missing("No NotificationTemplate exists with the primary key " + id));
  }

  private NotificationTemplate named(ServerRequest request) {
    String code = Rules.text(request, "code");
    return definitions
        .model()
        .template(code)
        .orElseThrow(() ->
            Fault.missing(
                "No NotificationTemplate exists with the external reference code " + code));
  }

  private void list(ServerRequest request, ServerResponse response) {
    String search =
        request.query().contains("search")
            ? request.query().get("search").toLowerCase(Locale.ROOT)
            : "";
    List<ObjectNode> found =
        definitions.model().templates().stream()
            .filter(
                it -> Documents.text(it.body(), "name").toLowerCase(Locale.ROOT).contains(search))
            .map(NotificationApi::shown)
            .toList();
    Answer.page(response, found, Paging.of(request.query()));
  }

  private static void answer(ServerResponse response, NotificationTemplate template) {
    Answer.document(response, shown(template));
  }

  private static ObjectNode shown(NotificationTemplate template) {
    ObjectNode shown = template.body().deepCopy();
    String address = "/o/notification/v1.0/notification-templates/" + template.id();
    ObjectNode actions = shown.putObject("actions");
    Links.add(actions, "delete", address, "DELETE");
    Links.add(actions, "get", address, "GET");
    Links.add(actions, "update", address, "PUT");
    return shown;
  }
}
