package dev.lockstep.server.http;

import dev.lockstep.connector.Receiver;
import dev.lockstep.connector.Receiver.Answer;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * Hands what systems send by themselves to their connectors: {@code POST /hooks/SYSTEM} and below.
 */
final class Hooks implements HttpService {
  static final String PATH = "/hooks";

  /** Each holds a thread and a body, until it is safe; whoever comes on top comes again. */
  private static final int MOST = 128;

  private final Function<String, Optional<Receiver>> receivers;
  private final Semaphore room = new Semaphore(MOST);

  /**
   * @param receivers the receiver of a system by the system's name
   */
  Hooks(Function<String, Optional<Receiver>> receivers) {
    this.receivers = receivers;
  }

  static boolean isHook(String path) {
    return path.startsWith(PATH + "/");
  }

  @Override
  public void routing(HttpRules rules) {
    rules.post("/{system}", (request, response) -> receive(request, response, ""));
    rules.post(
        "/{system}/{rest}",
        (request, response) ->
            receive(request, response, "/" + request.path().pathParameters().get("rest")));
    rules.any((request, response) -> nothing(response));
  }

  private void receive(ServerRequest request, ServerResponse response, String path)
      throws InterruptedException {
    Optional<Receiver> receiver = receivers.apply(request.path().pathParameters().get("system"));
    if (receiver.isEmpty()) {
      nothing(response);
    } else if (room.tryAcquire()) {
      try {
        answer(response, receiver.get().receive(message(request, path)));
      } finally {
        room.release();
      }
    } else {
      answer(
          response,
          new Answer.Later("too many are being received", java.time.Duration.ofSeconds(1)));
    }
  }

  private static Receiver.Message message(ServerRequest request, String path) {
    Map<String, String> headers = new HashMap<>();
    for (Header header : request.headers()) {
      headers.put(header.name().toLowerCase(Locale.ROOT), header.values());
    }
    return new Receiver.Message(
        path,
        headers,
        request.content().hasEntity()
            ? request.content().inputStream()
            : InputStream.nullInputStream());
  }

  private static void answer(ServerResponse response, Answer answer) {
    switch (answer) {
      case Answer.Taken() -> response.status(Status.NO_CONTENT_204).send();
      case Answer.Later(String reason, var retryAfter) -> {
        response.header(
            HeaderNames.RETRY_AFTER, Long.toString(Math.max(1, retryAfter.toSeconds())));
        refuse(response, Status.SERVICE_UNAVAILABLE_503, reason, "send it again");
      }
      case Answer.Unproved(String reason, String remedy) ->
          refuse(response, Status.UNAUTHORIZED_401, reason, remedy);
      case Answer.Refused(String reason, String remedy) ->
          refuse(response, Status.BAD_REQUEST_400, reason, remedy);
    }
  }

  private static void nothing(ServerResponse response) {
    refuse(
        response,
        Status.NOT_FOUND_404,
        "no system takes this",
        "post to /hooks/SYSTEM, of a system with a webhook in its configuration");
  }

  /** What is left of a body is not worth reading. */
  private static void refuse(ServerResponse response, Status status, String fault, String remedy) {
    response.header(HeaderNames.CONNECTION, "close");
    Reply.problem(response, status, fault, remedy);
  }
}
