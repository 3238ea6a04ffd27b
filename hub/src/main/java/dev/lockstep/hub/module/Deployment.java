package dev.lockstep.hub.module;

import dev.lockstep.connector.Problem;
import dev.lockstep.hub.NearestName;
import dev.lockstep.hub.ObjectDefinition;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Holds what is declared against its objects, and against what was deployed before. */
final class Deployment {
  private static final String MAP =
      "keep it in this version, mapped to what the object has now, and show the change in a new"
          + " version";

  private final Declared declared;
  private final Map<String, ObjectDefinition> objects;
  private final Map<Deployed.Key, Contract> before;
  private final LocalDate today;
  private final Map<Deployed.Key, Contract> now = new LinkedHashMap<>();
  private final List<Problem> problems = new ArrayList<>();

  private Deployment(
      Declared declared,
      List<ObjectDefinition> objects,
      Map<Deployed.Key, Contract> before,
      LocalDate today) {
    this.declared = declared;
    this.objects =
        objects.stream().collect(Collectors.toMap(ObjectDefinition::name, Function.identity()));
    this.before = before;
    this.today = today;
  }

  /**
   * What is deployed from now on, or everything that speaks against it.
   *
   * @param problems settings are paths within the configuration
   */
  record Result(Map<Deployed.Key, Contract> contracts, List<Problem> problems) {
    Result {
      problems = List.copyOf(problems);
    }
  }

  static Result of(
      Declared declared,
      List<ObjectDefinition> objects,
      Map<Deployed.Key, Contract> before,
      LocalDate today) {
    return new Deployment(declared, objects, before, today).result();
  }

  private Result result() {
    for (ModuleSpec module : declared.modules()) {
      for (VersionSpec version : module.versions()) {
        Deployed.Key key = new Deployed.Key(module.name(), version.name());
        Optional<Contract> old = Optional.ofNullable(before.get(key)).filter(it -> !isOver(it));
        Place place = new Place(key, module.breaks());
        now.put(key, contract(version, old, place));
        old.ifPresent(was -> compare(was, version, place));
      }
    }
    before.forEach((key, contract) -> {
      if (!now.containsKey(key) && !isOver(contract)) {
        gone(key, contract);
      }
    });
    return new Result(now, problems);
  }

  private boolean isOver(Contract contract) {
    return contract.sunset().filter(date -> !date.isAfter(today)).isPresent();
  }

  private void gone(Deployed.Key key, Contract contract) {
    Set<String> breaks =
        declared.modules().stream()
            .filter(module -> module.name().equals(key.module()))
            .findFirst()
            .map(ModuleSpec::breaks)
            .orElse(Set.of());
    new Place(key, breaks)
        .broken(
            "",
            "is gone, and was to be there "
                + contract.sunset().map(date -> "until " + date).orElse("without end"),
            contract.sunset().isPresent()
                ? "declare it again, until then"
                : "declare it again, with a sunset after which it may go");
  }

  private Contract contract(VersionSpec version, Optional<Contract> old, Place place) {
    Map<String, ObjectContract> promised = new LinkedHashMap<>();
    for (ViewSpec spec : version.objects()) {
      boolean wasThere = old.filter(it -> it.objects().containsKey(spec.path())).isPresent();
      ObjectDefinition object = objects.get(spec.object());
      if (object != null) {
        CompileView.Compiled compiled = CompileView.of(spec, object);
        compiled.view().ifPresent(view -> promised.put(spec.path(), view.contract()));
        // What is yet to be defined in full need not fit before it is served.
        if (wasThere || declared.declares(spec.object())) {
          compiled.problems().forEach(problem -> place.unfit(spec, problem));
          place.sound.put(spec.path(), compiled.sound());
        }
      } else if (!declared.defines()) {
        place.unfit(
            spec,
            new Problem(
                "object",
                "there is no object '" + spec.object() + "'",
                NearestName.remedy(spec.object(), objects.keySet())));
      }
    }
    return new Contract(version.sunset(), promised);
  }

  private void compare(Contract old, VersionSpec version, Place place) {
    sunset(old, version, place);
    Contract next = Objects.requireNonNull(now.get(place.key));
    old.objects()
        .forEach((path, was) -> {
          ObjectContract is = next.objects().getOrDefault(path, place.sound.get(path));
          if (is != null) {
            compare(path, was, is, place);
          } else if (!place.told(path)) {
            place.broken(path, "is gone", MAP);
          }
        });
  }

  private void compare(String path, ObjectContract was, ObjectContract is, Place place) {
    if (!was.object().equals(is.object())) {
      place.broken(
          path,
          "was the object " + was.object() + " and would be " + is.object(),
          "keep it, and show the other object under another path");
    }
    was.fields()
        .forEach((name, field) -> {
          FieldContract next = is.fields().get(name);
          if (next == null && place.told(path + "." + name)) {
            return;
          }
          if (next == null) {
            place.broken(path + "." + name, "is gone", MAP);
          } else {
            field
                .brokenBy(name, next)
                .forEach(
                    broken -> place.broken(path + "." + name, broken.message(), broken.remedy()));
          }
        });
    is.fields()
        .forEach((name, field) -> {
          if (field.demanded() && !was.fields().containsKey(name)) {
            place.broken(
                path + "." + name,
                "is new and would have to be sent",
                "give it a default, or leave it out and give it one under defaults");
          }
        });
  }

  private void sunset(Contract old, VersionSpec version, Place place) {
    Optional<LocalDate> next = version.sunset();
    if (next.isEmpty()) {
      return;
    }
    if (old.sunset().filter(date -> next.get().isBefore(date)).isPresent()) {
      place.broken(
          "",
          "was to be there until " + old.sunset().get() + " and would go on " + next.get(),
          "write sunset: " + old.sunset().get() + ", or a later day");
    } else if (old.sunset().isEmpty() && !next.get().isAfter(today)) {
      place.broken(
          "",
          "would be over since " + next.get() + " before anybody was told",
          "write a sunset that is yet to come");
    }
  }

  /** Where in a version something is, for the file and for people. */
  private final class Place {
    private final Deployed.Key key;
    private final Set<String> breaks;
    private final List<String> unfit = new ArrayList<>();
    private final Map<String, ObjectContract> sound = new HashMap<>();

    Place(Deployed.Key key, Set<String> breaks) {
      this.key = key;
      this.breaks = breaks;
    }

    boolean told(String path) {
      return unfit.contains(path);
    }

    void unfit(ViewSpec spec, Problem problem) {
      unfit.add(spec.path());
      String[] within = problem.setting().split("\\.", 3);
      if (within.length > 1) {
        unfit.add(spec.path() + "." + within[1]);
      }
      String setting = "objects." + spec.path() + "." + problem.setting();
      problems.add(
          new Problem(
              at(setting),
              title(spec.path()).strip() + ": " + problem.message(),
              problem.remedy()));
    }

    /** Notes a promise that would not be kept, unless that is meant. */
    void broken(String within, String message, String remedy) {
      String[] parts = within.split("\\.", 2);
      String name = key.version() + (within.isEmpty() ? "" : "." + within);
      if (breaks.contains(name)
          || breaks.contains(key.version())
          || breaks.contains(key.version() + "." + parts[0])) {
        return;
      }
      String setting =
          within.isEmpty()
              ? ""
              : "objects." + parts[0] + (parts.length > 1 ? ".fields." + parts[1] : "");
      problems.add(
          new Problem(
              at(setting),
              title(within) + message,
              remedy + "; or, if no client minds, add " + name + " to breaks of the module"));
    }

    private String title(String within) {
      return "/api/"
          + key.module()
          + "/"
          + key.version()
          + (within.isEmpty() ? "" : " ")
          + within
          + " ";
    }

    private String at(String setting) {
      return "hub.modules."
          + key.module()
          + ".versions."
          + key.version()
          + (setting.isEmpty() ? "" : "." + setting);
    }
  }
}
