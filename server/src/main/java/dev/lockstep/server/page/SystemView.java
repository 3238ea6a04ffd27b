package dev.lockstep.server.page;

import dev.lockstep.engine.SystemStatus;
import dev.lockstep.server.admin.Wording;

/**
 * A system.
 *
 * @param percent how much of its calls is used, -1 where they are not limited
 * @param gauge the colour of that, as the style's name
 * @param until when its state ends, if that is known
 */
public record SystemView(
    String name,
    String connector,
    String state,
    Tone tone,
    String until,
    String calls,
    int percent,
    String gauge,
    String inFlight,
    String waiting,
    String retained) {

  static SystemView of(SystemStatus system, Moments moments) {
    int percent =
        system.callsAllowed().isEmpty()
            ? -1
            : (int) Math.min(100, 100 * system.callsUsed() / system.callsAllowed().getAsLong());
    return new SystemView(
        system.name(),
        system.connector(),
        Wording.word(system.state()),
        switch (system.state()) {
          case UNKNOWN -> Tone.CALM;
          case REACHABLE -> Tone.GOOD;
          case RESTING -> Tone.BAD;
          case EXHAUSTED -> Tone.WARN;
        },
        until(system, moments),
        calls(system),
        percent,
        percent >= 95 ? "dead" : percent >= 75 ? "waiting" : "applied",
        Wording.number(system.inFlight()),
        Wording.number(system.waiting()),
        system.retained().map(kept -> Wording.bytes(kept.bytes())).orElse(""));
  }

  private static String until(SystemStatus system, Moments moments) {
    return switch (system.state()) {
      case UNKNOWN, REACHABLE -> "";
      case RESTING ->
          system.restsUntil().map(until -> "tried again at " + moments.text(until)).orElse("");
      case EXHAUSTED ->
          system.renewsAt().map(until -> "renewed at " + moments.text(until)).orElse("");
    };
  }

  private static String calls(SystemStatus system) {
    String used = Wording.number(system.callsUsed());
    return system.callsAllowed().isEmpty()
        ? used
        : used + " of " + Wording.number(system.callsAllowed().getAsLong());
  }
}
