package dev.lockstep.server.http;

import static dev.lockstep.server.http.Route.Parameter.path;
import static dev.lockstep.server.http.Route.Parameter.query;
import static dev.lockstep.server.http.Route.get;
import static dev.lockstep.server.http.Route.post;

import dev.lockstep.server.admin.Admin;
import dev.lockstep.server.admin.LetterQuery;
import java.util.List;

/** Every operation of the API. */
final class ApiRoutes {
  static final String PATH = "/api/v1";

  private static final int PAGE = 100;
  private static final Route.Parameter LIMIT =
      query("limit", "integer", "how many at most, up to " + LetterQuery.MOST);
  private static final Route.Parameter SYNC = path("name", "the sync's name");

  private ApiRoutes() {}

  static List<Route> of(Admin admin, RequestedRuns runs) {
    return List.of(
        get("/status", "How systems and syncs stand", "Status", it -> it.answer(admin.status())),
        get("/systems", "How systems stand", "Systems", it -> it.answer(admin.systems())),
        get(
                "/systems/{name}/datasets",
                "The datasets of a system, asked of it now",
                "Datasets",
                it -> it.answer(admin.datasets(it.path("name"))))
            .with(path("name", "the system's name")),
        get("/syncs", "How syncs stand", "Syncs", it -> it.answer(admin.syncs())),
        get(
                "/syncs/{name}",
                "How a sync stands",
                "Sync",
                it -> it.answer(admin.sync(it.path("name"))))
            .with(SYNC),
        get(
                "/syncs/{name}/runs",
                "Runs of a sync, newest first",
                "Runs",
                it -> it.answer(admin.runs(it.path("name"), limit(it))))
            .with(SYNC, LIMIT),
        post(
                "/syncs/{name}/runs",
                "Asks for a run; with Accept: application/x-ndjson tells its progress to the end",
                "Requested",
                new RunAction(admin, runs))
            .with(SYNC)
            .taking("RunOrder"),
        get(
                "/syncs/{name}/trace/{+key}",
                "The way of one record",
                "Trace",
                it -> it.answer(admin.trace(it.path("name"), it.path("key"))))
            .with(SYNC, path("key", "the key as the source prints it, parts joined by |")),
        get(
                "/runs",
                "Runs of all syncs, newest first",
                "Runs",
                it -> it.answer(admin.runs(null, limit(it))))
            .with(LIMIT),
        get(
                "/letters",
                "Dead letters, oldest first",
                "Letters",
                it -> it.answer(admin.letters(letters(it))))
            .with(
                query("sync", "string", "only those of this sync"),
                query("state", "string", "open, replayed, discarded or overtaken"),
                query("after", "integer", "begins after this id"),
                LIMIT),
        post(
                "/letters/replay",
                "Sends all open letters again",
                "ReplayedAll",
                it -> it.answer(admin.replayAll(it.query("sync"))))
            .with(query("sync", "string", "only those of this sync")),
        get(
                "/letters/{id}",
                "A dead letter, whole",
                "Letter",
                it -> it.answer(admin.letter(it.id())))
            .with(path("id", "the letter's id")),
        post(
                "/letters/{id}/replay",
                "Sends a letter again",
                "Replayed",
                it -> it.answer(admin.replay(it.id())))
            .with(path("id", "the letter's id")),
        post(
                "/letters/{id}/discard",
                "Gives a letter up",
                "Letter",
                it -> it.answer(admin.discard(it.id())))
            .with(path("id", "the letter's id")),
        get(
            "/plan",
            "How each sync is read, what that costs, and why not otherwise",
            "Plan",
            it -> it.answer(admin.plan())),
        post("/check", "Checks systems and syncs now", "Check", it -> it.answer(admin.check())));
  }

  private static int limit(Exchange exchange) {
    return (int) exchange.query("limit", PAGE, 1, LetterQuery.MOST);
  }

  private static LetterQuery letters(Exchange exchange) {
    return new LetterQuery(
        exchange.query("sync"),
        exchange.letterState(),
        exchange.query("after", 0, 0, Long.MAX_VALUE),
        limit(exchange));
  }
}
