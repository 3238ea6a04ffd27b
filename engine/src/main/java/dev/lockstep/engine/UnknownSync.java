package dev.lockstep.engine;

import java.util.Collection;

/** There is no sync or system of that name; the message lists those there are. */
public final class UnknownSync extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnknownSync(String what, String name, Collection<String> known) {
    super("there is no " + what + " '" + name + "'; there are: " + String.join(", ", known));
  }
}
