package dev.lockstep.connectors.http;

import io.helidon.common.socket.SocketOptions;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.webclient.api.Proxy;
import io.helidon.webclient.api.WebClient;
import io.helidon.webclient.http1.Http1Client;
import io.helidon.webclient.http1.Http1ClientRequest;
import io.helidon.webclient.http1.Http1ClientResponse;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests over kept connections. Blocks the calling thread, which must be virtual: then an
 * interrupt closes its connection and ends the call. Thread-safe.
 */
final class Wire implements AutoCloseable {
  private static final Duration WATCH = Duration.ofMillis(100);

  private final WebClient client;
  private final Http1Client http;
  private final Duration silence;
  private final List<Header> ours;
  private final List<Header> theirs;
  private final Map<URI, Lines> lines = new ConcurrentHashMap<>();
  private final Set<Exchange.Watch> underWay = ConcurrentHashMap.newKeySet();
  private final Thread watcher;

  Wire(Api api) {
    this.silence = api.timeouts().request();
    this.client =
        WebClient.builder()
            .followRedirects(false)
            .shareConnectionCache(false)
            .sendExpectContinue(false)
            .servicesDiscoverServices(false)
            // Answers are unpacked in Exchange, within bounds, whatever else is on the class path.
            .contentEncoding(
                ContentEncodingContext.builder().contentEncodingsDiscoverServices(false).build())
            .proxy(Proxy.noProxy())
            .socketOptions(
                SocketOptions.builder()
                    .connectTimeout(api.timeouts().connect())
                    .readTimeout(silence)
                    .tcpNoDelay(true)
                    .build())
            .build();
    this.http = client.client(Http1Client.PROTOCOL);
    this.ours =
        List.of(
            HeaderValues.create(HeaderNames.ACCEPT, "application/json"),
            HeaderValues.create(HeaderNames.ACCEPT_ENCODING, "gzip"),
            HeaderValues.create(HeaderNames.USER_AGENT, "lockstep"));
    this.theirs =
        api.headers().entrySet().stream()
            .map(header -> HeaderValues.create(header.getKey(), header.getValue()))
            .toList();
    this.watcher = Thread.ofVirtual().name("http-deadlines").start(this::watch);
  }

  /** Sends a request and returns once the head of its answer is here. */
  Exchange send(Request request, @Nullable Header authorization)
      throws WireFailure, InterruptedException {
    Lines host = lines.computeIfAbsent(request.origin(), origin -> new Lines(client, origin));
    Lines.Line kept = host.reuse(request.repeatable());
    if (kept != null) {
      try {
        return send(kept, request, authorization);
      } catch (WireFailure closedMeanwhile) {
        if (!request.repeatable() || closedMeanwhile.kind() != WireFailure.Kind.BROKEN) {
          throw closedMeanwhile;
        }
      }
    }
    return send(host.connect(), request, authorization);
  }

  private Exchange send(Lines.Line line, Request request, @Nullable Header authorization)
      throws WireFailure, InterruptedException {
    Exchange.Watch watch = new Exchange.Watch(line, request.limit());
    underWay.add(watch);
    try {
      Http1ClientRequest call =
          http.method(request.method())
              .uri(request.origin())
              .skipUriEncoding(true)
              .path(request.target())
              .connection(line.connection())
              .readTimeout(silence.compareTo(request.limit()) < 0 ? silence : request.limit());
      ours.forEach(call::header);
      request.headers().forEach(call::header);
      theirs.forEach(call::header);
      if (authorization != null) {
        call.header(authorization);
      }
      Http1ClientResponse response = call.submit(request.body());
      return new Exchange(line, response, watch);
    } catch (RuntimeException failed) {
      // The library throws many kinds of unchecked exceptions here, without a common type.
      line.close();
      watch.done();
      Exchange.throwIfInterrupted();
      throw failure(watch, failed);
    }
  }

  private WireFailure failure(Exchange.Watch watch, RuntimeException failed) {
    return watch.isOverdue() || Faults.isTimeout(failed)
        ? new WireFailure(
            WireFailure.Kind.SILENT, "no answer came within " + silence.toMillis() + " ms", failed)
        : new WireFailure(WireFailure.Kind.BROKEN, Faults.broken(failed), failed);
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(WATCH);
        long now = System.nanoTime();
        underWay.removeIf(watch -> watch.isDoneOrCloses(now));
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    watcher.interrupt();
    lines.values().forEach(Lines::close);
    client.closeResource();
  }
}
