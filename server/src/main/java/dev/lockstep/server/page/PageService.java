package dev.lockstep.server.page;

import dev.lockstep.engine.Engine;
import dev.lockstep.server.admin.Admin;
import dev.lockstep.server.admin.AdminRefused;
import dev.lockstep.server.admin.Wording;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.InstantSource;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** Serves the page at the root, its parts as they change, and what a person does on it. */
public final class PageService implements HttpService {
  private final Admin admin;
  private final ReadPage page;
  private final StartRun runs;
  private final Templates templates = new Templates();

  /** Starts a run that goes on by itself. */
  public interface StartRun {
    /** Throws {@link AdminRefused} when there is no such sync, or one was asked for already. */
    void start(String sync) throws InterruptedException;
  }

  /**
   * @param shows whether a system or sync of a name is shown
   * @param hasObjects whether there are {@link ObjectPages} to go on to
   */
  public PageService(
      Admin admin,
      Engine engine,
      Predicate<String> shows,
      boolean hasObjects,
      InstantSource clock,
      StartRun runs) {
    this.admin = admin;
    this.page = new ReadPage(admin, engine, shows, hasObjects, clock);
    this.runs = runs;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get(
        "/", (request, response) -> templates.send(request, response, "page.jte", page.read()));
    rules.get(
        "/page/live",
        (request, response) -> templates.send(request, response, "live.jte", page.read()));
    rules.get("/page/letters/{id}", this::letter);
    rules.post(
        "/page/letters/replay",
        (request, response) -> templates.tell(request, response, this::replayAll));
    rules.post(
        "/page/letters/{id}/replay",
        (request, response) -> templates.tell(request, response, () -> replay(id(request))));
    rules.post(
        "/page/letters/{id}/discard",
        (request, response) -> templates.tell(request, response, () -> discard(id(request))));
    rules.post(
        "/page/syncs/{name}/run",
        (request, response) ->
            templates.tell(
                request, response, () -> run(request.path().pathParameters().get("name"))));
  }

  private void letter(ServerRequest request, ServerResponse response) throws InterruptedException {
    try {
      templates.send(request, response, "letter.jte", LetterDetail.of(admin.letter(id(request))));
    } catch (AdminRefused refused) {
      templates.send(
          request, response, "told.jte", new Told(Tone.BAD, String.valueOf(refused.getMessage())));
    }
  }

  private static long id(ServerRequest request) {
    try {
      return Long.parseLong(request.path().pathParameters().get("id"));
    } catch (NumberFormatException e) {
      throw new AdminRefused(
          AdminRefused.Reason.UNKNOWN, "there is no such letter", "reload the page");
    }
  }

  private Told replay(long id) throws InterruptedException {
    ObjectNode outcome = admin.replay(id);
    return outcome.get("replayed").booleanValue()
        ? new Told(Tone.GOOD, "Dead letter " + id + " was sent again, and taken.")
        : new Told(
            Tone.BAD,
            "Dead letter " + id + " was refused again: " + outcome.get("reason").stringValue());
  }

  private Told replayAll() throws InterruptedException {
    ObjectNode outcome = admin.replayAll(null);
    long replayed = outcome.get("replayed").longValue();
    int kept = outcome.get("kept").size();
    return new Told(
        kept == 0 ? Tone.GOOD : Tone.WARN,
        "Dead letters sent again: "
            + Wording.number(replayed + kept)
            + ", taken: "
            + Wording.number(replayed)
            + ", refused again: "
            + Wording.number(kept)
            + ".");
  }

  private Told discard(long id) throws InterruptedException {
    admin.discard(id);
    return new Told(Tone.CALM, "Dead letter " + id + " is discarded.");
  }

  private Told run(String sync) throws InterruptedException {
    runs.start(sync);
    return new Told(Tone.CALM, "A run of " + sync + " is asked for.");
  }
}
