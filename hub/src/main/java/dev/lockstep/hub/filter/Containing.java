package dev.lockstep.hub.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Conditions on parts of texts, whatever their case, within what one request may ask. */
final class Containing {
  private final String parameter;
  private final Dialect dialect;
  private int lettersLeft = Limits.FOLDED_LETTERS;

  Containing(String parameter, Dialect dialect) {
    this.parameter = parameter;
    this.dialect = dialect;
  }

  /** A text to look for; counted once, however many columns it is looked for in. */
  Folding sought(String text, int column) {
    Folding folding = Folding.of(text);
    lettersLeft -= folding.replaced().size();
    if (folding.length() > Limits.PART_LENGTH || lettersLeft < 0) {
      throw new FilterFault(
          parameter,
          column,
          lettersLeft < 0
              ? "more than " + Limits.FOLDED_LETTERS + " letters outside a-z are sought"
              : "a text of " + folding.length() + " characters is sought",
          "write at most " + (lettersLeft < 0 ? Limits.FOLDED_LETTERS : Limits.PART_LENGTH));
    }
    return folding;
  }

  /** That a column contains the text, or begins with it; false for null. */
  Fragment in(String sql, Folding sought, boolean atStart) {
    String value = sql;
    List<Object> values = new ArrayList<>();
    for (Map.Entry<String, String> form : sought.replaced().entrySet()) {
      value = "replace(" + value + ", ?, ?)";
      values.add(form.getKey());
      values.add(form.getValue());
    }
    values.add(sought.text());
    String lowered = dialect.lowered(value);
    String found =
        atStart
            ? "substr(" + lowered + ", 1, " + sought.length() + ") = ?"
            : dialect.position(lowered) + " > 0";
    return new Fragment("(" + sql + " IS NOT NULL AND " + found + ")", values);
  }
}
