package dev.lockstep.server.admin;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.engine.UnknownSync;
import dev.lockstep.engine.delivery.Letter;
import dev.lockstep.engine.twoway.Conflict;
import dev.lockstep.server.admin.AdminRefused.Reason;
import dev.lockstep.store.StoreException;
import java.util.Optional;

/** Asks an engine, and words why it cannot answer. */
final class Ask {
  private Ask() {}

  /** A question to the engine. */
  interface Question<T> {
    T ask() throws InterruptedException;
  }

  static <T> T engine(Question<T> question) throws InterruptedException {
    try {
      return question.ask();
    } catch (UnknownSync unknown) {
      throw new AdminRefused(Reason.UNKNOWN, String.valueOf(unknown.getMessage()), "");
    } catch (ConnectorException failed) {
      throw new AdminRefused(Reason.SYSTEM, failed.failure().message(), "");
    } catch (StoreException broken) {
      throw new AdminRefused(Reason.UNAVAILABLE, String.valueOf(broken.getMessage()), "");
    }
  }

  static Conflict conflict(long id, Question<Optional<Conflict>> question)
      throws InterruptedException {
    return engine(question)
        .orElseThrow(() ->
            new AdminRefused(
                Reason.UNKNOWN, "there is no conflict " + id, "list them to see which there are"));
  }

  static Letter found(long id, Question<Optional<Letter>> question) throws InterruptedException {
    return engine(question)
        .orElseThrow(() ->
            new AdminRefused(
                Reason.UNKNOWN, "there is no letter " + id, "list them to see which there are"));
  }
}
