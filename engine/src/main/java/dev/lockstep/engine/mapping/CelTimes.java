package dev.lockstep.engine.mapping;

import static dev.cel.common.CelFunctionDecl.newFunctionDeclaration;
import static dev.cel.common.CelOverloadDecl.newGlobalOverload;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * Dates and times in expressions. A timestamp is CEL's own; date, time and datetime are ISO text,
 * which compares as the times do. A zone is always named.
 */
final class CelTimes {
  private final List<CelFunctionDecl> declarations = new ArrayList<>();
  private final List<CelFunctionBinding> bindings = new ArrayList<>();

  CelTimes() {
    local("date", at -> at.toLocalDate().toString());
    local("time", at -> TimeText.of(at.toLocalTime()));
    local("dateTime", TimeText::of);
    declarations.add(
        newFunctionDeclaration(
            "timestamp",
            newGlobalOverload(
                "local_to_timestamp", SimpleType.TIMESTAMP, SimpleType.STRING, SimpleType.STRING)));
    bindings.addAll(
        CelGroup.of(
            "timestamp",
            List.of(
                CelFunctionBinding.from(
                    "local_to_timestamp",
                    String.class,
                    String.class,
                    (text, zone) -> checked(text, () -> TimeText.instant(text, zone))))));
  }

  List<CelFunctionDecl> declarations() {
    return declarations;
  }

  List<CelFunctionBinding> bindings() {
    return bindings;
  }

  private void local(String function, CelFunctionOverload.Unary<LocalDateTime> part) {
    declarations.add(
        newFunctionDeclaration(
            function,
            newGlobalOverload(function + "_of_text", SimpleType.STRING, SimpleType.STRING),
            newGlobalOverload(
                function + "_in_zone",
                SimpleType.STRING,
                SimpleType.TIMESTAMP,
                SimpleType.STRING)));
    bindings.addAll(
        CelGroup.of(
            function,
            List.of(
                CelFunctionBinding.from(
                    function + "_of_text",
                    String.class,
                    text -> checked(text, () -> part.apply(TimeText.dateTime(text)))),
                CelFunctionBinding.from(
                    function + "_in_zone",
                    Instant.class,
                    String.class,
                    (instant, zone) ->
                        checked(
                            zone,
                            () ->
                                part.apply(LocalDateTime.ofInstant(instant, ZoneId.of(zone))))))));
  }

  @FunctionalInterface
  private interface Reading {
    Object read() throws CelEvaluationException;
  }

  private static Object checked(String text, Reading reading) throws CelEvaluationException {
    try {
      return reading.read();
    } catch (DateTimeException e) {
      throw new Unfit(
          Unfit.shown(text) + " is no time or zone of this kind",
          "write 2026-01-31T18:30:00, and zones as Europe/Berlin");
    }
  }
}
