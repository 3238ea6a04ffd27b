package dev.lockstep.server.page;

import dev.lockstep.hub.Entry;
import dev.lockstep.hub.EntryRef;
import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.action.ObjectActions;
import dev.lockstep.hub.liferay.BrowseEntries;
import dev.lockstep.hub.object.Definition;
import dev.lockstep.hub.object.Definitions;
import dev.lockstep.server.admin.AdminRefused;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** The pages of defined objects: definitions, entries, and what became of an entry. */
public final class ObjectPages implements HttpService {
  public static final String PATH = "/objects";

  private static final int PAGE = 25;
  private static final int HISTORY = 50;

  private final Definitions definitions;
  private final ObjectActions actions;
  private final Replay replay;
  private final Function<ServerRequest, Access> callers;
  private final InstantSource clock;
  private final BrowseEntries entries;
  private final Templates templates = new Templates();

  /** Sends a delivery again. */
  public interface Replay {
    /** What became of it; throws {@link AdminRefused} when it cannot be sent. */
    ObjectNode replay(String event) throws InterruptedException;
  }

  /**
   * @param callers what the caller of a request may see
   */
  public ObjectPages(
      Definitions definitions,
      ObjectActions actions,
      Replay replay,
      Function<ServerRequest, Access> callers,
      InstantSource clock) {
    this.callers = callers;
    this.definitions = definitions;
    this.actions = actions;
    this.replay = replay;
    this.clock = clock;
    this.entries = new BrowseEntries(definitions, clock);
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get(
        "/",
        (request, response) ->
            templates.send(
                request,
                response,
                "objects.jte",
                ObjectsView.of(definitions, callers.apply(request))));
    rules.post("/deliveries/{event}/replay", this::again);
    rules.get("/{path}", this::entries);
    rules.get("/{path}/{id}", this::entry);
  }

  private Moments moments() {
    return new Moments(clock.instant(), ZoneId.systemDefault());
  }

  private Optional<Definition> definition(ServerRequest request) {
    return definitions
        .model()
        .byPath(request.path().pathParameters().get("path"))
        .filter(Definition::published);
  }

  private void entries(ServerRequest request, ServerResponse response) throws InterruptedException {
    Optional<Definition> definition = definition(request);
    if (definition.isEmpty()) {
      missing(request, response, "There is no published object at this address.");
      return;
    }
    BrowseEntries.Asked asked =
        new BrowseEntries.Asked(
            query(request, "filter"),
            query(request, "search"),
            query(request, "sort"),
            number(query(request, "page")),
            PAGE);
    EntriesView view =
        EntriesView.of(
            definition.get(),
            asked,
            entries.page(definition.get(), asked, callers.apply(request)),
            moments());
    templates.send(request, response, "entries.jte", view);
  }

  private static String query(ServerRequest request, String name) {
    return request.query().contains(name) ? request.query().get(name) : "";
  }

  private static int number(String text) {
    return text.matches("[1-9]\\d{0,6}") ? Integer.parseInt(text) : 1;
  }

  private void entry(ServerRequest request, ServerResponse response) throws InterruptedException {
    Optional<Definition> definition = definition(request);
    String id = request.path().pathParameters().get("id");
    Optional<Entry> entry =
        definition.isPresent() && id.matches("\\d{1,18}")
            ? definitions.hub().find(definition.get().path(), new EntryRef.Id(Long.parseLong(id)))
            : Optional.empty();
    if (entry.isEmpty()
        || !callers.apply(request).sees(definition.orElseThrow().path(), entry.get())) {
      missing(request, response, "There is no such entry; it may have been deleted.");
      return;
    }
    String path = definition.orElseThrow().path();
    String code = entry.get().externalReferenceCode();
    templates.send(
        request,
        response,
        "entry.jte",
        EntryDetail.of(
            definition.get(),
            entry.get(),
            definitions.hub().history(path, code, HISTORY),
            actions.deliveries(new ObjectActions.Query(path, code, null, Long.MAX_VALUE, HISTORY)),
            moments()));
  }

  private void again(ServerRequest request, ServerResponse response) throws InterruptedException {
    Told told;
    try {
      ObjectNode became = replay.replay(request.path().pathParameters().get("event"));
      boolean taken = became.path("state").asString("").equals("delivered");
      told =
          taken
              ? new Told(Tone.GOOD, "It was sent again, and taken. Reload the page to see it.")
              : new Told(Tone.BAD, "It was not taken: " + became.path("reason").asString(""));
    } catch (AdminRefused refused) {
      told = new Told(Tone.BAD, String.valueOf(refused.getMessage()));
    }
    templates.send(request, response, "told.jte", told);
  }

  private void missing(ServerRequest request, ServerResponse response, String text) {
    response.status(Status.NOT_FOUND_404);
    templates.send(request, response, "missing.jte", text);
  }
}
