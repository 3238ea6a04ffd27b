package dev.lockstep.connectors.http;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out, with one small call for each dataset, whether the API can be reached and lets us in.
 */
final class ReachCheck {
  private final Session session;
  private final Answers answers;
  private final Set<Problem> problems = new LinkedHashSet<>();

  ReachCheck(Session session) {
    this.session = session;
    this.answers = new Answers(session);
  }

  List<Problem> run() throws InterruptedException {
    if (reachBase()) {
      for (Resource resource : session.api().resources().values()) {
        if (resource.list().isPresent()) {
          reachList(resource.list().get());
        }
      }
    }
    return new ArrayList<>(problems);
  }

  /** Whether anything answers at all; what it answers there means little. */
  private boolean reachBase() throws InterruptedException {
    String path = session.api().basePath().isEmpty() ? "/" : session.api().basePath();
    Request request = Request.get(session.origin(), path, session.api().timeouts().request());
    try (Exchange exchange = session.calls().send(request)) {
      if (exchange.status() == 401) {
        add(answers.failure("auth", "GET " + path, answers.read(exchange)));
        return false;
      }
      return true;
    } catch (WireFailure failure) {
      problems.add(
          new Problem(
              "url",
              session.redactor().clean(failure.text()),
              failure.kind() == WireFailure.Kind.UNREACHABLE
                  ? "check url, the network and, for https, the certificate"
                  : "check that an HTTP server listens at url"));
      return false;
    } catch (ConnectorException failed) {
      add(failed);
      return false;
    }
  }

  private void reachList(Listing listing) throws InterruptedException {
    Listing small =
        new Listing(
            listing.setting(),
            listing.path(),
            listing.items(),
            listing.paging(),
            1,
            listing.since());
    Reading reading = new Reading(1, Optional.empty());
    try (ListAnswer answer = ListAnswer.open(session, small, reading, Place.start())) {
      if (answer.next() == null) {
        answer.after();
      }
    } catch (ConnectorException failed) {
      add(failed);
    }
  }

  private void add(ConnectorException failed) {
    switch (failed.failure()) {
      case Failure.Misconfigured(List<Problem> found) -> problems.addAll(found);
      case Failure.Transient failure ->
          problems.add(new Problem("url", failure.message(), "try again when the API answers"));
      case Failure.Permanent failure ->
          problems.add(new Problem("datasets", failure.message(), "correct the description"));
      case Failure.PositionLost failure ->
          problems.add(new Problem("datasets", failure.message(), "read in bulk again"));
    }
  }
}
