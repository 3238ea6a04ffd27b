package dev.lockstep.connectors.file;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Tells which files have not changed for a while, and so are taken to be finished. */
final class Settled {
  private final InstantSource clock;
  private final Duration quiet;
  private final Map<FeedPosition.Name, Seen> seen = new HashMap<>();

  private record Seen(String identity, long size, Instant modified, Instant since) {
    boolean is(SourceFile file) {
      return identity.equals(file.identity())
          && size == file.size()
          && modified.equals(file.modified());
    }
  }

  Settled(InstantSource clock, Duration quiet) {
    this.clock = clock;
    this.quiet = quiet;
  }

  boolean is(FeedPosition.Name name, SourceFile file) {
    Instant now = clock.instant();
    Seen before = seen.get(name);
    if (before == null || !before.is(file)) {
      before = new Seen(file.identity(), file.size(), file.modified(), now);
      seen.put(name, before);
    }
    // Either clock may be wrong: the file's own time, or the time it was first seen so, must be
    // past.
    return !file.modified().plus(quiet).isAfter(now) || !before.since().plus(quiet).isAfter(now);
  }

  void keepOnly(Set<FeedPosition.Name> names) {
    seen.keySet().retainAll(names);
  }
}
