package dev.lockstep.server.page;

import java.util.List;

/**
 * All that the page shows at one moment.
 *
 * @param headline the one sentence to read if only one is read
 * @param hasObjects whether objects are defined here, which have pages of their own
 * @param letters open ones, the oldest
 */
public record PageView(
    String headline,
    Tone tone,
    String at,
    boolean hasObjects,
    List<SystemView> systems,
    List<SyncView> syncs,
    List<RunView> runs,
    List<LetterView> letters,
    boolean moreLetters,
    String openLetters) {
  public PageView {
    systems = List.copyOf(systems);
    syncs = List.copyOf(syncs);
    runs = List.copyOf(runs);
    letters = List.copyOf(letters);
  }
}
