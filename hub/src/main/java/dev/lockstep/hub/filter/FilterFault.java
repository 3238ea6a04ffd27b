package dev.lockstep.hub.filter;

/** Why a parameter of a list cannot be taken: an answer 400, never an answer without the filter. */
public final class FilterFault extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int MOST_QUOTED = 60;

  private final String parameter;
  private final int column;
  private final String problem;
  private final String remedy;

  FilterFault(String parameter, int column, String problem, String remedy) {
    super(parameter + ", column " + column + ": " + problem + "; " + remedy, null, false, false);
    this.parameter = parameter;
    this.column = column;
    this.problem = problem;
    this.remedy = remedy;
  }

  /** Which parameter: {@code filter}, {@code sort}, {@code search} or {@code aggregationTerms}. */
  public String parameter() {
    return parameter;
  }

  /** The character of the parameter at which the fault is, counted from 1. */
  public int column() {
    return column;
  }

  /** What is wrong. */
  public String problem() {
    return problem;
  }

  /** What to write instead. */
  public String remedy() {
    return remedy;
  }

  /** A text of the caller's as it stands in messages: never long. */
  static String cut(String text) {
    return text.length() <= MOST_QUOTED ? text : text.substring(0, MOST_QUOTED) + "…";
  }

  static String quoted(String text) {
    return "'" + cut(text) + "'";
  }
}
