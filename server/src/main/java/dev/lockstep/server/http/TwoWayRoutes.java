package dev.lockstep.server.http;

import static dev.lockstep.server.http.Route.Parameter.path;
import static dev.lockstep.server.http.Route.Parameter.query;
import static dev.lockstep.server.http.Route.get;
import static dev.lockstep.server.http.Route.post;

import dev.lockstep.engine.sync.ConflictPolicy;
import dev.lockstep.engine.twoway.Conflict;
import dev.lockstep.engine.twoway.End;
import dev.lockstep.server.admin.Admin;
import dev.lockstep.server.admin.ConflictQuery;
import dev.lockstep.server.admin.LetterQuery;
import java.util.List;

/** Operations on syncs that keep two datasets equal. */
final class TwoWayRoutes {
  private static final int PAGE = 100;
  private static final Route.Parameter SYNC = path("name", "the sync's name");
  private static final Route.Parameter TAKE =
      query("take", "string", "from or to: whose record both ends get");

  private TwoWayRoutes() {}

  static List<Route> of(Admin admin) {
    return List.of(
        get(
                "/conflicts",
                "Records that both ends had changed, oldest first",
                "Conflicts",
                it -> it.answer(admin.conflicts(conflicts(it))))
            .with(
                query("sync", "string", "only those of this sync"),
                query("state", "string", "held, pending, decided, resolved or reversed"),
                query("after", "integer", "begins after this id"),
                query("limit", "integer", "how many at most, up to " + LetterQuery.MOST)),
        get(
                "/conflicts/{id}",
                "A conflict, with what both ends held",
                "Conflict",
                it -> it.answer(admin.conflict(it.id())))
            .with(path("id", "the conflict's id")),
        post(
                "/conflicts/{id}/reverse",
                "Gives both ends what one of them held before a decision",
                "Conflict",
                it -> it.answer(admin.reverse(it.id(), it.query("take", End.class))))
            .with(path("id", "the conflict's id"), TAKE),
        post(
                "/syncs/{name}/conflicts/{+key}",
                "Decides a record that is held",
                "Conflict",
                it ->
                    it.answer(
                        admin.resolve(
                            it.path("name"), it.path("key"), it.query("take", End.class))))
            .with(SYNC, path("key", "the key as the end named first has it"), TAKE),
        get(
                "/syncs/{name}/first",
                "How both ends compare; reads all of both",
                "Comparison",
                it -> it.answer(admin.compare(it.path("name"))))
            .with(SYNC),
        post(
                "/syncs/{name}/first",
                "Has both ends made equal",
                "Requested",
                it ->
                    it.answer(
                        admin.makeEqual(
                            it.path("name"), it.query("different", ConflictPolicy.class))))
            .with(SYNC, query("different", "string", "who wins: newest, from, to, merge or hold")));
  }

  private static ConflictQuery conflicts(Exchange exchange) {
    return new ConflictQuery(
        exchange.query("sync"),
        exchange.optional("state", Conflict.State.class),
        exchange.query("after", 0, 0, Long.MAX_VALUE),
        (int) exchange.query("limit", PAGE, 1, LetterQuery.MOST));
  }
}
