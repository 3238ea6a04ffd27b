package dev.lockstep.server.http;

import static dev.lockstep.server.http.Route.Parameter.path;
import static dev.lockstep.server.http.Route.Parameter.query;
import static dev.lockstep.server.http.Route.get;
import static dev.lockstep.server.http.Route.post;

import dev.lockstep.hub.action.ObjectActions;
import dev.lockstep.server.Lockstep;
import dev.lockstep.server.admin.ActionDeliveries;
import dev.lockstep.server.admin.LetterQuery;
import java.util.List;

/** Operations on the deliveries of object actions. */
final class ActionRoutes {
  private static final int PAGE = 100;
  private static final Route.Parameter EVENT = path("event", "the event's id, as in webhook-id");

  private ActionRoutes() {}

  static List<Route> of(Lockstep lockstep, ObjectActions actions) {
    ActionDeliveries deliveries = new ActionDeliveries(lockstep, actions);
    return List.of(
        get(
                "/actions/deliveries",
                "Deliveries of object actions, newest first",
                "Deliveries",
                it ->
                    it.answer(
                        deliveries.list(
                            it.query("object"),
                            it.query("entry"),
                            it.query("state"),
                            it.query("before", Long.MAX_VALUE, 1, Long.MAX_VALUE),
                            (int) it.query("limit", PAGE, 1, LetterQuery.MOST))))
            .with(
                query("object", "string", "only those of this object, as in its address"),
                query("entry", "string", "only those of this external reference code"),
                query("state", "string", "waiting, delivered, dead, stopped or dropped"),
                query("before", "integer", "begins before this number"),
                query("limit", "integer", "how many at most, up to " + LetterQuery.MOST)),
        get(
                "/actions/deliveries/{event}",
                "A delivery, with the whole request",
                "Delivery",
                it -> it.answer(deliveries.one(it.path("event"))))
            .with(EVENT),
        post(
                "/actions/deliveries/{event}/replay",
                "Sends an event again, with the same id, and tells what it came to",
                "Delivery",
                it -> it.answer(deliveries.replay(it.path("event"))))
            .with(EVENT));
  }
}
