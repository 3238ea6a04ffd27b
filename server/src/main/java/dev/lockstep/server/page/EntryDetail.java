package dev.lockstep.server.page;

import dev.lockstep.hub.Entry;
import dev.lockstep.hub.HubEvent;
import dev.lockstep.hub.action.Delivery;
import dev.lockstep.hub.object.DefinedField;
import dev.lockstep.hub.object.Definition;
import dev.lockstep.hub.object.Documents;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** An entry with its history and the deliveries of its actions. */
public record EntryDetail(
    String object,
    String path,
    String code,
    List<LetterDetail.Fact> facts,
    List<LetterDetail.Fact> fields,
    List<Happened> history,
    List<Sent> deliveries) {
  public EntryDetail {
    facts = List.copyOf(facts);
    fields = List.copyOf(fields);
    history = List.copyOf(history);
    deliveries = List.copyOf(deliveries);
  }

  /** One event: when, by whom, what, and the values that changed. */
  public record Happened(String at, String who, String what, List<Changed> changed) {}

  /** A field before and after. */
  public record Changed(String field, String before, String after) {}

  /** A delivery of an action. */
  public record Sent(
      String event,
      String action,
      String state,
      Tone tone,
      int attempts,
      String at,
      String told,
      boolean again) {}

  static EntryDetail of(
      Definition definition,
      Entry entry,
      List<HubEvent> history,
      List<Delivery> deliveries,
      Moments moments) {
    List<LetterDetail.Fact> facts = new ArrayList<>();
    facts.add(new LetterDetail.Fact("id", Long.toString(entry.id())));
    facts.add(new LetterDetail.Fact("created", moments.text(entry.dateCreated())));
    facts.add(new LetterDetail.Fact("changed", moments.text(entry.dateModified())));
    if (!text(entry, "creator").isEmpty()) {
      facts.add(new LetterDetail.Fact("by", text(entry, "creator")));
    }
    facts.add(
        new LetterDetail.Fact("status", text(entry, "status").equals("2") ? "draft" : "approved"));
    List<LetterDetail.Fact> fields = new ArrayList<>();
    for (DefinedField field : definition.ownFields()) {
      if (!field.businessType().isComputed()) {
        fields.add(
            new LetterDetail.Fact(
                Documents.label(field.body(), "label"), text(entry, field.name())));
      }
    }
    return new EntryDetail(
        Documents.label(definition.body(), "label"),
        definition.path(),
        entry.externalReferenceCode(),
        facts,
        fields,
        history.stream().map(it -> happened(definition, it, moments)).toList(),
        deliveries.stream().map(it -> sent(it, moments)).toList());
  }

  private static String text(Entry entry, String field) {
    return Shown.whole(
        entry.values().schema().has(field)
            ? Optional.ofNullable(entry.values().get(field))
            : Optional.empty());
  }

  private static Happened happened(Definition definition, HubEvent event, Moments moments) {
    List<Changed> changed = new ArrayList<>();
    for (DefinedField field : definition.ownFields()) {
      String before = event.before().map(it -> text(it, field.name())).orElse("");
      String after = event.after().map(it -> text(it, field.name())).orElse("");
      if (!field.businessType().isComputed() && !before.equals(after)) {
        changed.add(new Changed(Documents.label(field.body(), "label"), before, after));
      }
    }
    return new Happened(
        moments.text(event.at()),
        Objects.requireNonNullElse(event.who(), ""),
        what(event),
        changed);
  }

  private static String what(HubEvent event) {
    if (event.signal() != null) {
      return "asked for an action";
    }
    if (event.before().isEmpty()) {
      return "added";
    }
    return event.after().isEmpty() ? "deleted" : "changed";
  }

  private static Sent sent(Delivery delivery, Moments moments) {
    boolean ended = delivery.state() != Delivery.State.WAITING;
    return new Sent(
        delivery.event(),
        delivery.name(),
        delivery.state().word(),
        switch (delivery.state()) {
          case DELIVERED -> Tone.GOOD;
          case WAITING -> Tone.WARN;
          case DEAD, STOPPED -> Tone.BAD;
          case DROPPED -> Tone.CALM;
        },
        delivery.attempts(),
        moments.text(delivery.tried().orElse(delivery.at())),
        delivery
            .reason()
            .orElse(
                delivery.status().isPresent() ? "answered " + delivery.status().getAsInt() : ""),
        ended && delivery.state() != Delivery.State.DROPPED);
  }
}
