package dev.lockstep.server.config;

import dev.lockstep.connector.Connector;
import dev.lockstep.connector.Problem;
import dev.lockstep.connector.Setting;
import dev.lockstep.connector.Setting.Form;
import dev.lockstep.connector.Settings;
import dev.lockstep.engine.limit.LimitSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** Reads {@code systems}, each against the settings of its connector. */
final class ReadSystems {
  private final List<Connector> connectors;
  private final Zones zones;
  private final Problems problems;
  private final List<ConfiguredSystem> configured = new ArrayList<>();
  private final SequencedMap<String, Systems.Declared> declared = new LinkedHashMap<>();

  ReadSystems(List<Connector> connectors, Zones zones, Problems problems) {
    this.connectors = connectors;
    this.zones = zones;
    this.problems = problems;
  }

  Systems read(Node.Block block, Optional<HubDraft> hub) {
    Where systems = new Where("systems", block.place());
    for (Node.Entry entry : block.entries()) {
      Where where = systems.in(entry.key(), entry.at());
      checkName(where, entry.key());
      declared.put(entry.key(), new Systems.Declared("", Optional.empty()));
      new CheckForm(problems)
          .block(where, new Form.Section(Language.SYSTEM), entry.value())
          .ifPresent(settings -> read(where, entry.key(), settings));
    }
    if (hub.isPresent()) {
      declared.put(Systems.HUB, new Systems.Declared(Systems.HUB, Optional.of(Systems.HUB_ROLES)));
    }
    return new Systems(configured, declared, block.complete(), hub);
  }

  private void checkName(Where where, String name) {
    if (name.equals(Systems.HUB)) {
      problems.add(
          where,
          "'hub' is the name of the hub that Lockstep itself hosts",
          "give the system another name");
    } else {
      Names.check(where, name, "system", problems);
    }
  }

  private void read(Where where, String name, Node.Block block) {
    Optional<Connector> connector = connector(where, block);
    if (connector.isEmpty()) {
      return;
    }
    declared.put(
        name,
        new Systems.Declared(
            connector.get().spec().name(), Optional.of(connector.get().spec().roles())));
    List<Setting> own = connector.get().spec().settings();
    Part part =
        Part.check(
            where, Stream.concat(Language.SYSTEM.stream(), own.stream()).toList(), block, problems);
    LimitSpec limits = new ReadLimits(zones, problems).of(part);
    if (part.sound()) {
      Settings settings = only(own, part.values());
      validate(part, connector.get(), settings);
      configured.add(new ConfiguredSystem(name, connector.get(), settings, limits));
    }
  }

  /** The connector's own settings: it need not know what the engine keeps of a system. */
  private static Settings only(List<Setting> own, Settings all) {
    Map<String, Object> values = new LinkedHashMap<>(all.values());
    values.keySet().retainAll(own.stream().map(Setting::name).toList());
    return new Settings(values);
  }

  private void validate(Part part, Connector connector, Settings settings) {
    List<Problem> found;
    try {
      found = connector.validate(settings);
    } catch (RuntimeException e) {
      // A connector is not ours to trust, and its bug must not hide what else is wrong.
      problems.add(
          part.where(),
          "the connector " + connector.spec().name() + " failed to check these settings: " + e,
          "report it to the connector's author");
      return;
    }
    for (Problem problem : found) {
      problems.add(part.locate(problem.setting()), problem.message(), problem.remedy());
    }
  }

  /** The connector a system names. Without it nothing can be said of the other settings. */
  private Optional<Connector> connector(Where where, Node.Block block) {
    Setting setting = Language.SYSTEM.getFirst();
    List<String> names =
        connectors.stream().map(connector -> connector.spec().name()).sorted().toList();
    Optional<Node.Entry> entry = block.entry(setting.name());
    if (entry.isEmpty()) {
      if (block.complete()) {
        problems.add(
            where.missing(setting.name()),
            "the system does not say how it is reached",
            "write connector: with one of " + String.join(", ", names));
      }
      return Optional.empty();
    }
    Where at = where.in(setting.name(), entry.get().at());
    Optional<Object> name = new CheckForm(problems).value(at, setting.form(), entry.get().value());
    Optional<Connector> found =
        connectors.stream()
            .filter(connector -> name.isPresent() && connector.spec().name().equals(name.get()))
            .findFirst();
    if (name.isPresent() && found.isEmpty()) {
      Node.Scalar written = (Node.Scalar) entry.get().value();
      problems.add(
          at.at(written.place()),
          written.origin() == Node.Scalar.Origin.FILE
              ? "there is no connector " + written.shown()
              : "the variable's value names no connector",
          written.origin() == Node.Scalar.Origin.FILE
              ? NearestName.remedy(written.text(), names)
              : NearestName.oneOf(names));
    }
    return found;
  }
}
