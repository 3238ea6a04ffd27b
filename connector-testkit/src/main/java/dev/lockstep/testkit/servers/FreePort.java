package dev.lockstep.testkit.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports for servers that must know theirs before they begin to listen. They lie below those that
 * the system gives to whoever asks for any, so that nobody is given one in between by chance; and
 * processes that look at the same time begin at different places.
 */
public final class FreePort {
  private static final int FIRST = 10_000;
  private static final int LAST = 32_000;
  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(LAST - FIRST));

  private FreePort() {}

  /** A port that nobody listens at, and that this process has not been given before. */
  public static int take() {
    for (int tries = 0; tries < LAST - FIRST; tries++) {
      int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), LAST - FIRST);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no port between " + FIRST + " and " + LAST + " is free");
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
