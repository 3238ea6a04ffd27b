package dev.lockstep.demo;

import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something that happened.
 *
 * @param what one word for programs
 * @param text a sentence for people
 * @param took from the commit at the source to the commit at the target, where that is known
 * @param facts more for programs
 */
record Event(
    Story story, String what, String text, Mood mood, Optional<Duration> took, ObjectNode facts) {

  /** How it is to be taken. */
  enum Mood {
    PLAIN,
    GOOD,
    BAD
  }

  static Event of(Story story, String what, String text) {
    return new Event(
        story, what, text, Mood.PLAIN, Optional.empty(), JsonNodeFactory.instance.objectNode());
  }

  Event good() {
    return new Event(story, what, text, Mood.GOOD, took, facts);
  }

  Event bad() {
    return new Event(story, what, text, Mood.BAD, took, facts);
  }

  Event after(Duration duration) {
    return new Event(story, what, text, mood, Optional.of(duration), facts);
  }

  Event with(String name, long value) {
    ObjectNode more = facts.deepCopy();
    more.put(name, value);
    return new Event(story, what, text, mood, took, more);
  }

  Event with(String name, String value) {
    ObjectNode more = facts.deepCopy();
    more.put(name, value);
    return new Event(story, what, text, mood, took, more);
  }
}
