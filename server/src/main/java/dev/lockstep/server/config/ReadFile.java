package dev.lockstep.server.config;

import dev.lockstep.connector.Connector;
import dev.lockstep.connector.Setting;
import dev.lockstep.store.PostgresPlace;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a file's blocks one after the other, each whatever the others look like. */
final class ReadFile {
  private final Path file;
  private final Node.Block root;
  private final List<Connector> connectors;
  private final Instant now;
  private final Problems problems;

  ReadFile(Path file, Node.Block root, List<Connector> connectors, Instant now, Problems problems) {
    this.file = file;
    this.root = root;
    this.connectors = connectors;
    this.now = now;
    this.problems = problems;
  }

  Loaded read() {
    checkKeys();
    Part defaults = part("defaults", Language.DEFAULTS);
    Zones zones = new Zones(problems, defaultZone(defaults));
    Optional<ConfiguredServer> server =
        new ReadServer(file.resolveSibling(""), root.has("security"), problems)
            .read(part("server", Language.SERVER));
    Optional<ConfiguredSecurity> security = new ReadSecurity(problems).read(root);
    Optional<PostgresPlace> store =
        root.entry("store").isPresent()
            ? new ReadStore(problems).read(part("store", Language.STORE))
            : Optional.empty();
    Optional<HubDraft> hub = new ReadHub(problems).read(root);
    Systems systems = new ReadSystems(connectors, zones, problems).read(names("systems"), hub);
    Map<String, Calendar> calendars = new ReadCalendars(zones, problems).read(names("calendars"));
    ReadSyncs syncs =
        new ReadSyncs(
            new ReadSchedule(zones, calendars, now, problems),
            new ReadRetry(problems).defaults(defaults),
            systems,
            problems);
    ReadSyncs.Read read = syncs.read(names("syncs"));
    if (!problems.isEmpty()) {
      return new Loaded.Invalid(problems.all());
    }
    return new Loaded.Valid(
        new Configuration(
            file,
            server.orElseThrow(),
            security,
            store,
            hub.flatMap(HubDraft::hub),
            systems.configured(),
            read,
            new Configuration.Source(root, problems)));
  }

  private void checkKeys() {
    CheckForm check = new CheckForm(problems);
    check.unknownKeys(Where.FILE, Language.TOP.stream().map(Setting::name).toList(), root);
    Setting version = Language.TOP.getFirst();
    Optional<Node.Entry> written = root.entry(version.name());
    if (written.isPresent()) {
      version(check, version, written.get());
    } else if (root.complete()) {
      problems.add(
          new Where(version.name(), new Place(1, 1)),
          "the file does not say which version of the language it is written in",
          "write lockstep: 1 as its first line");
    }
  }

  private void version(CheckForm check, Setting version, Node.Entry written) {
    if (written.value() instanceof Node.Scalar scalar && scalar.text().matches("[2-9]|\\d{2,9}")) {
      problems.add(
          new Where(version.name(), scalar.place()),
          "this Lockstep reads version 1 of the language, not " + scalar.shown(),
          "write lockstep: 1, or install a newer Lockstep");
    } else {
      check.value(new Where(version.name(), written.at()), version.form(), written.value());
    }
  }

  private ZoneId defaultZone(Part defaults) {
    return defaults.knows("zone")
        ? new Zones(problems, ZoneOffset.UTC).named(defaults, "zone").orElse(ZoneOffset.UTC)
        : ZoneOffset.UTC;
  }

  /** A block of the file, checked; with its defaults when it is not there. */
  private Part part(String key, List<Setting> settings) {
    return Part.check(where(key), settings, names(key), problems);
  }

  private Where where(String key) {
    return root.entry(key)
        .map(entry -> Where.FILE.in(key, entry.at()))
        .orElse(new Where(key, Place.FILE));
  }

  /** A block of the file; empty when it is not there, holds nothing, or is no block. */
  private Node.Block names(String key) {
    Optional<Node.Entry> entry = root.entry(key);
    if (entry.isEmpty()) {
      // What is missing from a file that breaks off may only not have been reached.
      return new Node.Block(Place.FILE, List.of(), root.complete());
    }
    Node.Entry written = entry.get();
    if (written.value() instanceof Node.Scalar scalar && scalar.isNothing()) {
      return Node.Block.empty(written.at());
    }
    Setting setting =
        Language.TOP.stream().filter(it -> it.name().equals(key)).findFirst().orElseThrow();
    return new CheckForm(problems)
        .block(where(key), setting.form(), written.value())
        .orElseGet(() -> new Node.Block(written.at(), List.of(), false));
  }
}
