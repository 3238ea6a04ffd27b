package dev.lockstep.hub.expression;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function of the language.
 *
 * @param least how many arguments it takes at least
 * @param most and at most
 * @param takes what they are; the last stands for all that follow
 * @param gives what it gives
 */
record NamedFunction(String name, int least, int most, List<Takes> takes, Kind gives, Body body) {

  /** As many arguments as one likes. */
  static final int ANY_NUMBER = Integer.MAX_VALUE;

  /** What an argument must be. */
  enum Takes {
    ANYTHING,
    TEXT,
    /** A regular expression. */
    PATTERN,
    NUMBER,
    /** A number, or a list of them. */
    NUMBERS,
    TRUTH,
    DATE,
    TEXT_OR_LIST
  }

  @FunctionalInterface
  interface Body {
    @Nullable Object apply(Arguments arguments) throws Unfit;
  }

  static NamedFunction of(String name, Kind gives, Body body, Takes... takes) {
    return new NamedFunction(name, takes.length, takes.length, List.of(takes), gives, body);
  }

  Takes takes(int index) {
    return takes.get(Math.min(index, takes.size() - 1));
  }

  @Nullable Object apply(Arguments arguments) throws Unfit {
    if (!fits(arguments.count())) {
      throw wrongCount(arguments.count());
    }
    return body.apply(arguments);
  }

  boolean fits(int count) {
    return count >= least && count <= most;
  }

  Unfit wrongCount(int count) {
    return new Unfit(
        name
            + " is called with "
            + (count == 0 ? "no" : count)
            + " argument"
            + (count == 1 ? "" : "s"),
        "give it " + wantedCount());
  }

  private String wantedCount() {
    if (most == ANY_NUMBER) {
      return "at least " + least;
    }
    return least == most ? String.valueOf(least) : least + " to " + most;
  }

  /** The arguments, with a regular expression that is constant understood once and for all. */
  List<Node> prepared(List<Node> arguments) {
    List<Node> prepared = new ArrayList<>(arguments);
    for (int i = 0; i < prepared.size(); i++) {
      if (takes(i) == Takes.PATTERN
          && prepared.get(i) instanceof Node.Constant(int position, String pattern)) {
        prepared.set(i, new Node.Constant(position, regex(position, pattern)));
      }
    }
    return List.copyOf(prepared);
  }

  private static Regex regex(int position, String pattern) {
    try {
      return Regex.of(pattern);
    } catch (Unfit unfit) {
      throw unfit.at(position);
    }
  }
}
