package dev.lockstep.hub.module;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a text is cut into parts, and parts are put together.
 *
 * @param by what stands between two parts
 * @param last whether it is cut where this stands last, else where it stands first
 */
public record Cut(String by, boolean last) {

  /** As many parts, the missing ones null. What {@link #join} makes of them is the text again. */
  List<@Nullable String> split(@Nullable String text, int parts) {
    List<@Nullable String> found = new ArrayList<>();
    String rest = text;
    while (rest != null && found.size() < parts - 1) {
      int place = last ? rest.lastIndexOf(by) : rest.indexOf(by);
      if (place < 0) {
        break;
      }
      String before = rest.substring(0, place);
      String after = rest.substring(place + by.length());
      if (last) {
        found.addFirst(after);
        rest = before;
      } else {
        found.add(before);
        rest = after;
      }
    }
    if (last) {
      found.addFirst(rest);
    } else {
      found.add(rest);
    }
    while (found.size() < parts) {
      found.add(null);
    }
    return found;
  }

  /** The parts that are there as one text; null when none is. */
  @Nullable String join(List<@Nullable String> parts) {
    return parts.stream().allMatch(Objects::isNull)
        ? null
        : parts.stream().filter(Objects::nonNull).collect(Collectors.joining(by));
  }
}
