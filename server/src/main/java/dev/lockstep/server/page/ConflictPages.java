package dev.lockstep.server.page;

import dev.lockstep.engine.twoway.Conflict;
import dev.lockstep.engine.twoway.End;
import dev.lockstep.server.admin.Admin;
import dev.lockstep.server.admin.AdminRefused;
import dev.lockstep.server.admin.ConflictQuery;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The pages of conflicts: records that both ends of a two-way sync had changed. */
public final class ConflictPages implements HttpService {
  public static final String PATH = "/conflicts";

  private static final int PAGE = 50;

  private final Admin admin;
  private final boolean objects;
  private final InstantSource clock;
  private final Templates templates = new Templates();

  /**
   * @param objects whether objects are defined here, which have pages of their own
   */
  public ConflictPages(Admin admin, boolean objects, InstantSource clock) {
    this.admin = admin;
    this.objects = objects;
    this.clock = clock;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get(
        "/",
        (request, response) -> templates.send(request, response, "conflicts.jte", list(request)));
    rules.get("/{id}", (request, response) -> show(request, response, "conflict.jte"));
    rules.get("/{id}/live", (request, response) -> show(request, response, "conflictdetail.jte"));
    for (End end : List.of(End.FROM, End.TO)) {
      rules.post(
          "/{id}/take/" + end.word(),
          (request, response) -> templates.tell(request, response, () -> take(id(request), end)));
    }
  }

  private Moments moments() {
    return new Moments(clock.instant(), ZoneId.systemDefault());
  }

  private ConflictsView list(ServerRequest request) throws InterruptedException {
    boolean held = query(request, "state").equals("held");
    String after = query(request, "after");
    ObjectNode page =
        admin.conflicts(
            new ConflictQuery(
                null,
                held ? Optional.of(Conflict.State.HELD) : Optional.empty(),
                after.matches("\\d{1,18}") ? Long.parseLong(after) : 0,
                PAGE));
    Moments moments = moments();
    String more = PATH + "?state=" + (held ? "held" : "") + "&after=";
    return new ConflictsView(
        held,
        page.get("items").valueStream().map(it -> ConflictView.of(it, moments)).toList(),
        page.has("next") ? more + page.get("next") : "",
        objects);
  }

  private static String query(ServerRequest request, String name) {
    return request.query().contains(name) ? request.query().get(name) : "";
  }

  private void show(ServerRequest request, ServerResponse response, String template)
      throws InterruptedException {
    ConflictDetail detail;
    try {
      ObjectNode conflict = admin.conflict(id(request));
      ObjectNode sync = sync(conflict.get("sync").stringValue());
      detail =
          ConflictDetail.of(
              conflict,
              sync.path("from").stringValue("from"),
              sync.path("to").stringValue("to"),
              moments(),
              objects);
    } catch (AdminRefused refused) {
      response.status(Status.NOT_FOUND_404);
      templates.send(request, response, "missing.jte", "There is no such conflict.");
      return;
    }
    templates.send(request, response, template, detail);
  }

  /** The sync of a conflict; nothing where it is configured no more. */
  private ObjectNode sync(String name) throws InterruptedException {
    try {
      return admin.sync(name);
    } catch (AdminRefused gone) {
      return JsonNodeFactory.instance.objectNode();
    }
  }

  private static long id(ServerRequest request) {
    String id = request.path().pathParameters().get("id");
    if (!id.matches("\\d{1,18}")) {
      throw new AdminRefused(
          AdminRefused.Reason.UNKNOWN, "there is no such conflict", "reload the page");
    }
    return Long.parseLong(id);
  }

  /** Decides a record that is held; gives both ends what one had, where it was decided. */
  private Told take(long id, End end) throws InterruptedException {
    ObjectNode conflict = admin.conflict(id);
    if (conflict.get("state").stringValue().equals("held")) {
      admin.resolve(conflict.get("sync").stringValue(), conflict.get("key").stringValue(), end);
      return new Told(Tone.GOOD, "Both ends get this record.");
    }
    admin.reverse(id, end);
    return new Told(Tone.GOOD, "Both ends get this record again, as a new edit.");
  }
}
