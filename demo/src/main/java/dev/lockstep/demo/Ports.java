package dev.lockstep.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Where each program of a demo's folder is reached, on 127.0.0.1. */
record Ports(int lockstep, int crm, int desk, int finance, int reports) {

  private static final int FIRST = 10_000;
  private static final int LAST = 32_000;

  /**
   * Five that nobody uses now. They lie below those that the system gives to whoever asks for any:
   * a program that is down for a while must find its own free when it comes back.
   */
  static Ports free() {
    List<ServerSocket> held = new ArrayList<>();
    int from = ThreadLocalRandom.current().nextInt(LAST - FIRST);
    try {
      for (int i = 0; i < LAST - FIRST && held.size() < 5; i++) {
        held(FIRST + (from + i) % (LAST - FIRST)).ifPresent(held::add);
      }
      if (held.size() < 5) {
        throw new IOException("all from " + FIRST + " to " + LAST + " are taken");
      }
      return new Ports(
          held.get(0).getLocalPort(),
          held.get(1).getLocalPort(),
          held.get(2).getLocalPort(),
          held.get(3).getLocalPort(),
          held.get(4).getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException("no port of 127.0.0.1 can be had", e);
    } finally {
      held.forEach(Ports::release);
    }
  }

  private static Optional<ServerSocket> held(int port) throws UnknownHostException {
    InetAddress here = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    try {
      return Optional.of(new ServerSocket(port, 1, here));
    } catch (IOException taken) {
      return Optional.empty();
    }
  }

  private static void release(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Ports read(JsonNode node) {
    return new Ports(
        node.required("lockstep").intValue(),
        node.required("crm").intValue(),
        node.required("desk").intValue(),
        node.required("finance").intValue(),
        node.required("reports").intValue());
  }

  ObjectNode json() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("lockstep", lockstep).put("crm", crm).put("desk", desk);
    return node.put("finance", finance).put("reports", reports);
  }

  /** A text with {@code @name@} for each of them. */
  String fill(String template) {
    return template
        .replace("@lockstep@", Integer.toString(lockstep))
        .replace("@crm@", Integer.toString(crm))
        .replace("@desk@", Integer.toString(desk))
        .replace("@finance@", Integer.toString(finance))
        .replace("@reports@", Integer.toString(reports));
  }
}
