package dev.lockstep.hub.module;

import dev.lockstep.connector.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What clients of a version rely on in one field.
 *
 * @param nullable whether they may read null
 * @param demanded whether they must send it for a new entry
 * @param values the texts there are; empty for any
 * @param initial what is kept where they do not send it
 * @param fixed what it always is
 */
record FieldContract(
    String type,
    boolean nullable,
    boolean demanded,
    List<String> values,
    Optional<String> initial,
    Optional<String> fixed) {
  FieldContract {
    values = List.copyOf(values);
  }

  /** A promise that is not kept, and what to do instead. */
  record Broken(String message, String remedy) {}

  /** What of this the next would no longer keep. */
  List<Broken> brokenBy(String name, FieldContract next) {
    List<Broken> broken = new ArrayList<>();
    if (!holds(Type.parse(next.type), Type.parse(type))) {
      broken.add(
          new Broken(
              "was " + type + " and would be " + next.type,
              "keep the object's field as it was, or show the new one under another name"));
    }
    if (next.nullable && !nullable) {
      broken.add(
          new Broken("was never null and could be", "give it a default, which null then reads as"));
    }
    if (next.demanded && !demanded) {
      broken.add(
          new Broken("need not be sent and would have to be", "give it a default in this version"));
    }
    values(next, broken);
    if (initial.isPresent() && !initial.equals(next.initial) && next.fixed.isEmpty()) {
      broken.add(
          new Broken(
              "was '"
                  + initial.get()
                  + "' where nobody sent it and would be "
                  + next.initial.map(it -> "'" + it + "'").orElse("without a value"),
              "write default: " + initial.get()));
    }
    if (next.fixed.isPresent() && !next.fixed.equals(fixed)) {
      broken.add(
          new Broken(
              fixed.map(it -> "was always '" + it + "'").orElse("could be set")
                  + " and would always be '"
                  + next.fixed.get()
                  + "'",
              "map " + name + " to a field of the object"));
    }
    return broken;
  }

  private void values(FieldContract next, List<Broken> broken) {
    if (values.isEmpty() && !next.values.isEmpty() && next.fixed.isEmpty()) {
      broken.add(
          new Broken(
              "took any text and would take only " + String.join(", ", next.values),
              "leave the object's field open, or show it as another field"));
    }
    for (String value : next.values.isEmpty() ? List.<String>of() : values) {
      if (!next.values.contains(value)) {
        broken.add(
            new Broken(
                "took '" + value + "' and would not",
                "map it to what the object has instead, under values: " + value + ": …"));
      }
    }
  }

  /** Whether clients of a type can go on with another: the same one, or more room of its kind. */
  private static boolean holds(Type next, Type was) {
    if (next instanceof Type.Text(int room) && was instanceof Type.Text(int known)) {
      return room == 0 || (known != 0 && room >= known);
    }
    if (next instanceof Type.Decimal(int digits, int scale)
        && was instanceof Type.Decimal(int knownDigits, int knownScale)) {
      return digits == 0
          || (knownDigits != 0
              && scale >= knownScale
              && digits - scale >= knownDigits - knownScale);
    }
    return next.equals(was);
  }
}
