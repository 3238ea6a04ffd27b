package dev.lockstep.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Where each program of a demo's folder is reached, on 127.0.0.1. */
record Ports(int lockstep, int crm, int desk, int finance, int reports) {

  /** Five that nobody uses now. */
  static Ports free() {
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (int i = 0; i < 5; i++) {
        held.add(new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1})));
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
