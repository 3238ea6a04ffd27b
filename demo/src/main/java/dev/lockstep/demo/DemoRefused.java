package dev.lockstep.demo;

/** The demo cannot go on; the message tells place, fault and remedy. */
public final class DemoRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DemoRefused(String message) {
    super(message);
  }
}
