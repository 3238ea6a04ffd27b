package dev.lockstep.server.page;

import dev.lockstep.engine.run.Run;
import dev.lockstep.server.admin.Wording;
import java.time.Duration;

/** A run. */
public record RunView(
    String started,
    String sync,
    String kind,
    String state,
    Tone tone,
    String message,
    String read,
    String applied,
    String deleted,
    String dead,
    String took) {

  static RunView of(Run run, Moments moments) {
    return new RunView(
        moments.text(run.startedAt()),
        run.sync(),
        Wording.word(run.kind()) + ", " + Wording.word(run.cause()),
        word(run.state()),
        tone(run.state()),
        run.state() == Run.State.DONE ? "" : run.message(),
        Wording.number(run.counts().captured()),
        Wording.number(run.counts().applied()),
        Wording.number(run.deleted()),
        Wording.number(run.counts().dead()),
        Wording.span(Duration.between(run.startedAt(), run.endedAt().orElse(moments.now()))));
  }

  static Tone tone(Run.State state) {
    return switch (state) {
      case READING, SWEEPING -> Tone.CALM;
      case DONE -> Tone.GOOD;
      case PARTIAL -> Tone.WARN;
      case FAILED -> Tone.BAD;
    };
  }

  static String word(Run.State state) {
    return switch (state) {
      case READING -> "reading";
      case SWEEPING -> "removing";
      case DONE -> "done";
      case PARTIAL -> "done in part";
      case FAILED -> "failed";
    };
  }
}
