package dev.lockstep.server.page;

import dev.lockstep.engine.SyncStatus;
import dev.lockstep.engine.run.Outlook;
import dev.lockstep.engine.run.Run;
import dev.lockstep.engine.sync.Counts;
import dev.lockstep.engine.sync.Trouble;
import dev.lockstep.server.admin.Wording;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A sync.
 *
 * @param id for anchors
 * @param path its name in a URL
 * @param how what it does, in words
 * @param sum its counts as an equation
 */
public record SyncView(
    String id,
    String name,
    String path,
    String from,
    String to,
    String state,
    Tone stateTone,
    Tone freshTone,
    String freshWord,
    String freshText,
    String captured,
    List<Part> parts,
    String sum,
    boolean balanced,
    String how,
    String runText,
    @Nullable TroubleView trouble) {
  private static final long WHOLE = 1_000;

  public SyncView {
    parts = List.copyOf(parts);
  }

  /** What became of some of the changes; place and width are thousandths of the bar. */
  public record Part(String name, String count, long from, long width) {}

  /** Why it does not get on. */
  public record TroubleView(Tone tone, String fault, String remedy, String since) {
    static TroubleView of(Trouble trouble, Moments moments) {
      return new TroubleView(
          trouble.passes() ? Tone.WARN : Tone.BAD,
          trouble.place() + ": " + trouble.fault(),
          trouble.remedy(),
          "Since " + moments.text(trouble.since()));
    }
  }

  static SyncView of(SyncStatus sync, int number, Moments moments) {
    Counts counts = sync.counts();
    Freshness fresh = Freshness.of(sync);
    return new SyncView(
        Integer.toString(number),
        sync.name(),
        URLEncoder.encode(sync.name(), StandardCharsets.UTF_8).replace("+", "%20"),
        sync.from(),
        sync.to(),
        Wording.word(sync.state()),
        tone(sync.state()),
        fresh.tone(),
        fresh.word(),
        fresh.text(),
        Wording.number(counts.captured()),
        parts(counts),
        sum(sync),
        sync.isBalanced(),
        how(sync),
        runText(sync, moments),
        sync.trouble().map(trouble -> TroubleView.of(trouble, moments)).orElse(null));
  }

  static Tone tone(SyncStatus.State state) {
    return switch (state) {
      case STOPPED, STARTING -> Tone.CALM;
      case LOADING, RUNNING, READY -> Tone.GOOD;
      case WAITING -> Tone.WARN;
      case HELD -> Tone.BAD;
    };
  }

  private static List<Part> parts(Counts counts) {
    List<Part> parts = new ArrayList<>();
    long[] before = {0};
    add(parts, "applied", counts.applied(), counts, before);
    add(parts, "unchanged", counts.unchanged(), counts, before);
    add(parts, "superseded", counts.superseded(), counts, before);
    add(parts, "filtered", counts.filtered(), counts, before);
    add(parts, "dead", counts.dead(), counts, before);
    if (counts.echoes() > 0) {
      add(parts, "echoes", counts.echoes(), counts, before);
    }
    add(parts, "waiting", counts.waiting(), counts, before);
    return parts;
  }

  private static void add(List<Part> parts, String name, long count, Counts counts, long[] before) {
    long whole = Math.max(1, counts.captured());
    long from = WHOLE * before[0] / whole;
    before[0] += count;
    parts.add(new Part(name, Wording.number(count), from, WHOLE * before[0] / whole - from));
  }

  private static String sum(SyncStatus sync) {
    Counts counts = sync.counts();
    return counts.captured()
        + " captured = "
        + counts.applied()
        + " applied + "
        + counts.unchanged()
        + " unchanged + "
        + counts.superseded()
        + " superseded + "
        + counts.filtered()
        + " filtered + "
        + counts.dead()
        + " dead + "
        + (counts.echoes() > 0 ? counts.echoes() + " echoes + " : "")
        + counts.waiting()
        + " waiting ("
        + sync.backlog()
        + " in the backlog, "
        + sync.parked()
        + " parked)";
  }

  private static String how(SyncStatus sync) {
    String how =
        switch (sync.strategy()) {
          case EVENT -> "Follows changes";
          case SCHEDULE -> "Reads on schedule";
          case BOTH -> "Follows changes, and reads on schedule";
          case AUTO -> "Decides how to read";
        };
    String mode =
        switch (sync.mode()) {
          case UPSERT -> "";
          case MIRROR -> ", mirrors";
          case APPEND -> ", appends";
        };
    return how
        + mode
        + " · backlog "
        + Wording.number(sync.backlog())
        + " · parked "
        + Wording.number(sync.parked())
        + " · dead letters "
        + Wording.number(sync.openLetters());
  }

  private static String underWay(Run run) {
    Outlook outlook = run.outlook();
    String read = Wording.number(run.counts().captured());
    String of =
        outlook.percent().isEmpty()
            ? " read"
            : " of about "
                + Wording.number(outlook.expected().orElseThrow())
                + " read ("
                + outlook.percent().getAsInt()
                + " %)";
    String left = outlook.left().map(time -> ", about " + Wording.span(time) + " left").orElse("");
    return "Run under way: " + read + of + left;
  }

  private static String runText(SyncStatus sync, Moments moments) {
    if (sync.currentRun().isPresent()) {
      return underWay(sync.currentRun().get());
    }
    String last =
        sync.lastRun()
            .map(run ->
                "Last run "
                    + RunView.word(run.state())
                    + run.endedAt().map(ended -> " at " + moments.text(ended)).orElse(""))
            .orElse("No run yet");
    Optional<String> next = sync.nextRun().map(at -> ", next at " + moments.text(at));
    return last + next.orElse("");
  }
}
