package dev.lockstep.connectors.liferay;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import tools.jackson.databind.JsonNode;

/**
 * Asks for entries one by one, several at once: a single entry is answered from a Liferay's
 * database, a list from its search index, which lags behind.
 */
final class ReadAgain {
  private final Remote remote;
  private final int concurrency;

  ReadAgain(Remote remote, int concurrency) {
    this.remote = remote;
    this.concurrency = concurrency;
  }

  /** Each entry as it is now; empty where there is none. */
  Map<String, Optional<JsonNode>> read(ObjectShape shape, Collection<String> codes)
      throws InterruptedException {
    Map<String, Optional<JsonNode>> found = new LinkedHashMap<>();
    if (codes.size() == 1) {
      String code = codes.iterator().next();
      found.put(code, remote.find(shape.entry(code)));
      return found;
    }
    Semaphore free = new Semaphore(concurrency);
    List<Callable<Optional<JsonNode>>> calls = new ArrayList<>();
    for (String code : codes) {
      calls.add(() -> {
        free.acquire();
        try {
          return remote.find(shape.entry(code));
        } finally {
          free.release();
        }
      });
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      int at = 0;
      List<Future<Optional<JsonNode>>> answers = threads.invokeAll(calls);
      for (String code : codes) {
        found.put(code, answer(answers.get(at++)));
      }
    }
    return found;
  }

  private static Optional<JsonNode> answer(Future<Optional<JsonNode>> future)
      throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException thrown) {
      switch (thrown.getCause()) {
        case RuntimeException unchecked -> throw unchecked;
        case InterruptedException interrupted -> throw interrupted;
        case null, default -> throw new IllegalStateException(thrown);
      }
    }
  }
}
