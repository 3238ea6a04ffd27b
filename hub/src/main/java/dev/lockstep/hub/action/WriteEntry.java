package dev.lockstep.hub.action;

import dev.lockstep.hub.Applied;
import dev.lockstep.hub.Author;
import dev.lockstep.hub.Draft;
import dev.lockstep.hub.Edit;
import dev.lockstep.hub.EntriesRefused;
import dev.lockstep.hub.Entry;
import dev.lockstep.hub.EntryProblem;
import dev.lockstep.hub.EntryRef;
import dev.lockstep.hub.Hub;
import dev.lockstep.hub.JointEdits;
import dev.lockstep.hub.Match;
import dev.lockstep.hub.Rule;
import dev.lockstep.hub.UnknownObject;
import dev.lockstep.hub.action.Delivery.State;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Adds and changes entries for actions. What is written and the note that it was are one
 * transaction, so that an event that is brought again is not written again. Thread-safe.
 */
record WriteEntry(Hub hub, DeliveryLog log) {
  /** How many related entries one event may change. */
  private static final int MOST_RELATED = 1_000;

  /**
   * @param repeats whether the event comes from this very action for this entry: then it may change
   *     nothing
   * @return an attempt that is noted already when it succeeded; empty for one that would go on for
   *     ever, of which nothing is kept
   */
  Optional<Attempt> write(Delivery.Order order, boolean repeats) throws InterruptedException {
    ObjectNode what;
    try {
      what = EntryOrder.read(order.body());
    } catch (ClassCastException | tools.jackson.core.JacksonException unreadable) {
      return Optional.of(Attempt.failed("its values were not worked out"));
    }
    if (!what.has("values")) {
      return Optional.of(
          Attempt.failed(
              "its values could not be worked out when it came; save the entry once more"));
    }
    Author author = new Author(what.path("who").asString(null), null, null).because(order.event());
    try {
      return Optional.of(
          hub.together(
              author,
              (tx, edits) -> {
                if (log.isDelivered(tx, order.event())) {
                  return Attempt.done("was done before");
                }
                Attempt done = Attempt.done(told(edits, what, repeats));
                log.attempted(tx, order.event(), order.action(), url(what), done, State.DELIVERED);
                return done;
              }));
    } catch (Repeated loop) {
      return Optional.empty();
    } catch (EntriesRefused refused) {
      return Optional.of(Attempt.failed(told(refused.problems())));
    } catch (UnknownObject gone) {
      return Optional.of(Attempt.failed(String.valueOf(gone.getMessage())));
    }
  }

  /** Where it writes, for the log. */
  static String url(JsonNode what) {
    return "/o/c/" + what.path("object").asString();
  }

  private static String told(List<EntryProblem> problems) {
    return problems.stream()
        .map(it -> (it.field() + " " + it.message()).strip() + "; " + it.remedy())
        .collect(Collectors.joining("; "));
  }

  private static String told(JointEdits edits, ObjectNode what, boolean repeats) {
    Map<String, @Nullable Object> values = EntryOrder.values(what);
    if (what.path("objectActionExecutorKey").asString().startsWith("add")) {
      if (repeats) {
        throw new Repeated();
      }
      return "added '" + added(edits, what, values).externalReferenceCode() + "'";
    }
    int changed = 0;
    List<Long> all = targets(edits, what);
    for (long id : all) {
      Applied applied =
          edits.apply(
              what.path("object").asString(),
              new Edit.Patch(new EntryRef.Id(id), new Draft(null, values), Match.ANY));
      changed += applied.effect() == Applied.Effect.UNCHANGED ? 0 : 1;
    }
    if (repeats && changed > 0) {
      // Undoes what was changed: it would set itself off for ever.
      throw new Repeated();
    }
    return "changed " + changed + " of " + all.size();
  }

  private static Entry added(
      JointEdits edits, ObjectNode what, Map<String, @Nullable Object> values) {
    String object = what.path("object").asString();
    long from = what.path("fromId").longValue();
    for (JsonNode each : what.path("relate")) {
      if (each.has("field") && each.path("in").asString().equals("new")) {
        values.putIfAbsent(each.path("field").asString(), from);
      }
    }
    String code = what.path("externalReferenceCode").asString(null);
    Entry entry = edits.apply(object, new Edit.Create(new Draft(code, values))).entry();
    for (JsonNode each : what.path("relate")) {
      if (each.has("pairs")) {
        boolean first = each.path("first").asString().equals("from");
        edits.pair(
            each.path("pairs").asString(), first ? from : entry.id(), first ? entry.id() : from);
      } else if (each.path("in").asString().equals("from")) {
        edits.apply(
            what.path("fromObject").asString(),
            new Edit.Patch(
                new EntryRef.Id(from),
                new Draft(
                    null, Collections.singletonMap(each.path("field").asString(), entry.id())),
                Match.ANY));
      }
    }
    return entry;
  }

  /** The ids of the entries that are changed. */
  private static List<Long> targets(JointEdits edits, ObjectNode what) {
    JsonNode through = what.path("through");
    long from = what.path("fromId").longValue();
    if (through.isMissingNode()) {
      return List.of(from);
    }
    if (through.has("parent")) {
      long parent = through.path("parent").longValue();
      return parent == 0 ? List.of() : List.of(parent);
    }
    List<Entry> children =
        edits.having(
            what.path("object").asString(),
            through.path("field").asString(),
            from,
            MOST_RELATED + 1);
    if (children.size() > MOST_RELATED) {
      throw new EntriesRefused(
          List.of(
              new EntryProblem(
                  0,
                  Rule.TOO_MANY,
                  "",
                  "more than " + MOST_RELATED + " entries are related",
                  "change them with a sync instead")));
    }
    return children.stream().map(Entry::id).toList();
  }

  /** Undoes a write that came from itself. */
  private static final class Repeated extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Repeated() {
      super("", null, false, false);
    }
  }
}
