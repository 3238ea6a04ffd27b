package dev.lockstep.engine.twoway;

import dev.lockstep.engine.sync.ConflictPolicy;
import dev.lockstep.engine.sync.TwoWay;
import dev.lockstep.engine.twoway.Verdict.Clash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of a record. The same facts give the same verdict, whichever end's change
 * they were come upon by; nothing is read or written here.
 */
final class Judge {
  private final FieldPairs pairs;
  private final TwoWay rules;

  Judge(FieldPairs pairs, TwoWay rules) {
    this.pairs = pairs;
    this.rules = rules;
  }

  /**
   * What is known of a record.
   *
   * @param from what the end named first holds now
   * @param to what the other holds now
   * @param differing the fields in which the two differ, where both have a record
   * @param timeFrom when it was last changed there, where that is told
   * @param patient whether a time that is not told yet is waited for
   */
  record Facts(
      Agreed agreed,
      byte @Nullable [] from,
      byte @Nullable [] to,
      BitSet differing,
      Optional<Instant> timeFrom,
      Optional<Instant> timeTo,
      boolean patient) {

    boolean hasBoth() {
      return from != null && to != null;
    }

    boolean isEqual() {
      return hasBoth() ? differing.isEmpty() : from == null && to == null;
    }
  }

  Verdict judge(Facts facts) {
    boolean movedFrom = !facts.agreed().is(End.FROM, facts.from());
    boolean movedTo = !facts.agreed().is(End.TO, facts.to());
    if (!movedFrom && !movedTo) {
      return new Verdict.Nothing();
    }
    if (facts.isEqual()) {
      return new Verdict.Equal();
    }
    if (!movedTo) {
      return new Verdict.Make(End.FROM, new BitSet(), Optional.empty());
    }
    if (!movedFrom) {
      return new Verdict.Make(End.TO, new BitSet(), Optional.empty());
    }
    return facts.hasBoth() ? fields(facts) : gone(facts);
  }

  /** One end deleted what the other changed. */
  private Verdict gone(Facts facts) {
    End kept = facts.from() != null ? End.FROM : End.TO;
    return switch (rules.policy()) {
      case FROM -> whole(End.FROM, facts, says(End.FROM));
      case TO -> whole(End.TO, facts, says(End.TO));
      case HOLD -> new Verdict.Hold(clash(facts, "nobody", "a person decides"));
      case MERGE -> whole(kept, facts, "what was edited is not deleted");
      case NEWEST ->
          newest(facts)
              .map(won -> whole(won.end(), facts, won.why()))
              .orElseGet(Verdict.Later::new);
    };
  }

  /** Both ends changed the record. */
  private Verdict fields(Facts facts) {
    if (rules.policy() == ConflictPolicy.HOLD && rules.fields().isEmpty()) {
      return new Verdict.Hold(clash(facts, "nobody", "a person decides"));
    }
    Optional<Won> newest = newest(facts);
    Optional<Won> record =
        switch (rules.policy()) {
          case FROM -> Optional.of(new Won(End.FROM, says(End.FROM)));
          case TO -> Optional.of(new Won(End.TO, says(End.TO)));
          case NEWEST, MERGE -> newest;
          case HOLD -> Optional.empty();
        };
    BitSet fromTo = new BitSet();
    List<String> reasons = new ArrayList<>();
    for (int i = facts.differing().nextSetBit(0); i >= 0; i = facts.differing().nextSetBit(i + 1)) {
      Optional<ConflictPolicy> own = own(i);
      Optional<End> only = own.isPresent() || merges() ? onlyOne(facts, i) : Optional.empty();
      ConflictPolicy policy = own.orElse(rules.policy());
      if (only.isEmpty() && policy == ConflictPolicy.HOLD) {
        return new Verdict.Hold(
            clash(facts, "nobody", "a person decides on " + pairs.names(End.FROM).get(i)));
      }
      Optional<Won> won =
          only.map(end -> new Won(end, "only " + end.word() + " changed it"))
              .or(() ->
                  own.isEmpty()
                      ? record
                      : switch (policy) {
                        case FROM -> Optional.of(new Won(End.FROM, says(End.FROM)));
                        case TO -> Optional.of(new Won(End.TO, says(End.TO)));
                        case NEWEST, MERGE, HOLD -> newest;
                      });
      if (won.isEmpty()) {
        return new Verdict.Later();
      }
      fromTo.set(i, won.get().end() == End.TO);
      reasons.add(pairs.names(End.FROM).get(i) + ": " + won.get().why());
    }
    return decided(facts, fromTo, reasons);
  }

  private Verdict decided(Facts facts, BitSet fromTo, List<String> reasons) {
    boolean allTo = fromTo.cardinality() == facts.differing().cardinality();
    if (fromTo.isEmpty() || allTo) {
      End end = allTo ? End.TO : End.FROM;
      return whole(end, facts, summary(reasons));
    }
    return new Verdict.Make(
        End.FROM, fromTo, Optional.of(clash(facts, "both", String.join("; ", reasons))));
  }

  /** One reason for all fields is told once. */
  private static String summary(List<String> reasons) {
    List<String> bare =
        reasons.stream().map(text -> text.substring(text.indexOf(": ") + 2)).distinct().toList();
    return bare.size() == 1 ? bare.getFirst() : String.join("; ", reasons);
  }

  private boolean merges() {
    return rules.policy() == ConflictPolicy.MERGE;
  }

  private Optional<ConflictPolicy> own(int field) {
    return Optional.ofNullable(rules.fields().get(pairs.names(End.TO).get(field)));
  }

  /** The end that alone changed a field, if one did. */
  private static Optional<End> onlyOne(Facts facts, int field) {
    boolean from = !FieldPairs.isSame(facts.agreed().from(), facts.from(), field);
    boolean to = !FieldPairs.isSame(facts.agreed().to(), facts.to(), field);
    return from == to ? Optional.empty() : Optional.of(from ? End.FROM : End.TO);
  }

  /** Who won and why. */
  private record Won(End end, String why) {}

  /** The end that was changed last; empty while that is not told. The first wins a tie. */
  private static Optional<Won> newest(Facts facts) {
    if (facts.patient() && (facts.timeFrom().isEmpty() || facts.timeTo().isEmpty())) {
      return Optional.empty();
    }
    if (facts.timeFrom().isEmpty() && facts.timeTo().isEmpty()) {
      return Optional.of(new Won(End.FROM, "neither end tells when it was changed"));
    }
    // An end whose change has still not been told of was changed after all that has been.
    Instant from = facts.timeFrom().orElse(Instant.MAX);
    Instant to = facts.timeTo().orElse(Instant.MAX);
    End end = to.isAfter(from) ? End.TO : End.FROM;
    return Optional.of(
        new Won(
            end,
            from.equals(to)
                ? "both were changed at " + from + ", so from wins"
                : "changed later: from "
                    + said(facts.timeFrom())
                    + ", to "
                    + said(facts.timeTo())));
  }

  private static String said(Optional<Instant> at) {
    return at.map(Instant::toString).orElse("at a time that is not told");
  }

  private static String says(End end) {
    return "the policy is " + end.word();
  }

  private Verdict whole(End end, Facts facts, String why) {
    return new Verdict.Make(end, new BitSet(), Optional.of(clash(facts, end.word(), why)));
  }

  private Clash clash(Facts facts, String winner, String why) {
    List<String> fields =
        facts.hasBoth()
            ? facts.differing().stream().mapToObj(pairs.names(End.FROM)::get).toList()
            : List.of();
    return new Clash(rules.policy().name().toLowerCase(Locale.ROOT), fields, winner, why);
  }
}
