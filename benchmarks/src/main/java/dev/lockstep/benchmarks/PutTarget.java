package dev.lockstep.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP API that takes records by PUT, notes when each version came, and that none came too late.
 * One thread and no more HTTP than that, because it shares its cores with what is measured.
 */
final class PutTarget implements AutoCloseable {
  private static final int LARGEST_REQUEST = 64 * 1024;
  private static final byte[] TAKEN =
      "HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final ServerSocketChannel door;
  private final Selector selector;
  private final Map<String, Long> versions = new ConcurrentHashMap<>();
  private final Map<Long, Long> arrivals = new ConcurrentHashMap<>();
  private final AtomicLong received = new AtomicLong();
  private final AtomicLong disordered = new AtomicLong();

  private PutTarget(ServerSocketChannel door, Selector selector) {
    this.door = door;
    this.selector = selector;
  }

  static PutTarget start() throws IOException {
    ServerSocketChannel door = ServerSocketChannel.open();
    door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
    door.configureBlocking(false);
    PutTarget target = new PutTarget(door, Selector.open());
    door.register(target.selector, SelectionKey.OP_ACCEPT);
    Thread.ofPlatform().daemon().name("put-target").start(target::serve);
    return target;
  }

  private void serve() {
    try {
      while (selector.isOpen()) {
        int ignored = selector.select(this::ready);
      }
    } catch (IOException e) {
      throw new IllegalStateException("the target cannot go on", e);
    }
  }

  private void ready(SelectionKey key) {
    try {
      if (key.isAcceptable()) {
        accept();
      } else if (key.attachment() instanceof ByteBuffer buffer) {
        read(key, (SocketChannel) key.channel(), buffer);
      }
    } catch (IOException gone) {
      key.cancel();
    }
  }

  private void accept() throws IOException {
    SocketChannel caller = door.accept();
    if (caller != null) {
      caller.configureBlocking(false);
      caller.setOption(StandardSocketOptions.TCP_NODELAY, true);
      caller.register(selector, SelectionKey.OP_READ, ByteBuffer.allocate(LARGEST_REQUEST));
    }
  }

  private void read(SelectionKey key, SocketChannel caller, ByteBuffer buffer) throws IOException {
    if (caller.read(buffer) < 0) {
      key.cancel();
      caller.close();
      return;
    }
    PutRequest request = PutRequest.in(buffer);
    if (request != null) {
      buffer.clear();
      note(request.path(), request.version());
      int written = caller.write(ByteBuffer.wrap(TAKEN));
      if (written < TAKEN.length) {
        throw new IOException("a caller does not read its answers");
      }
    }
  }

  private void note(String path, long version) {
    Long before = versions.put(path, version);
    if (before != null && before > version) {
      disordered.incrementAndGet();
    }
    arrivals.put(version, System.nanoTime());
    received.incrementAndGet();
  }

  String url() throws IOException {
    return "http://127.0.0.1:" + ((InetSocketAddress) door.getLocalAddress()).getPort();
  }

  long received() {
    return received.get();
  }

  /** How many requests carried an older version than the one before. */
  long disordered() {
    return disordered.get();
  }

  /** The version of a record that came last, 0 before the first. */
  long version(String key) {
    return versions.getOrDefault("/accounts/" + key, 0L);
  }

  /** When a version was taken, in nanoseconds; null when it has not come. */
  @Nullable Long arrival(long version) {
    return arrivals.get(version);
  }

  void forgetArrivals() {
    arrivals.clear();
  }

  @Override
  public void close() throws IOException {
    selector.close();
    door.close();
  }
}
