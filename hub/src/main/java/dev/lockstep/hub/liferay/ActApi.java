package dev.lockstep.hub.liferay;

import dev.lockstep.hub.EntryRef;
import dev.lockstep.hub.Hub;
import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.access.Right;
import dev.lockstep.hub.object.Definitions;
import dev.lockstep.hub.object.StandaloneActions;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.function.Function;

/** Carries out standalone actions of entries. */
final class ActApi {
  private static final String ACTION = "/object-actions/{action}";

  /** Names what was asked for in the log of deliveries. */
  private static final HeaderName DELIVERY = HeaderNames.create("lockstep-delivery");

  private final EntryShapes shapes;
  private final StandaloneActions actions;
  private final Hub hub;
  private final Function<ServerRequest, Access> callers;

  ActApi(Definitions definitions, EntryShapes shapes, Function<ServerRequest, Access> callers) {
    this.shapes = shapes;
    this.actions = new StandaloneActions(definitions);
    this.hub = definitions.hub();
    this.callers = callers;
  }

  /** To be called before the routes of relationships, which have the same form. */
  void routing(Rules rules) {
    rules
        .put("/{path}" + Rules.BY_CODE + "{code}" + ACTION, this::act)
        .put("/{path}/scopes/{scope}" + Rules.BY_CODE + "{code}" + ACTION, this::act)
        .put("/{path}/{id}" + ACTION, this::act);
  }

  private void act(ServerRequest request, ServerResponse response) throws InterruptedException {
    EntryApi.Target target = EntryApi.Target.of(shapes, request);
    EntryGuard guard = new EntryGuard(hub, callers.apply(request), target);
    // Whoever may change an entry may have its actions carried out.
    EntryRef ref = guard.changed(target.ref(request), Right.UPDATE).ref();
    String delivery =
        actions
            .ask(target.shape().definition(), ref, Rules.text(request, "action"), guard.author())
            .orElseThrow(() -> target.missing(ref));
    response.header(DELIVERY, delivery);
    Answer.nothing(response);
  }
}
