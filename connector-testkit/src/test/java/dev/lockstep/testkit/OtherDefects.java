package dev.lockstep.testkit;

import dev.lockstep.connector.Connection;
import dev.lockstep.connector.ConnectorSpec;
import dev.lockstep.connector.ConnectorSpec.Role;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.DatasetCreator;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Lookup;
import dev.lockstep.connector.Problem;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Setting;
import dev.lockstep.connector.Setting.Form;
import dev.lockstep.testkit.Altered.Instead;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

/** Ways to describe oneself, find, create and close, and be wrong. */
final class OtherDefects {
  private OtherDefects() {}

  static List<Defect> all() {
    List<Defect> all = new ArrayList<>(passports());
    all.addAll(connections());
    all.addAll(roles());
    return all;
  }

  private static Defect spec(String what, String caughtBy, UnaryOperator<ConnectorSpec> spec) {
    return new Defect(what, caughtBy, UnaryOperator.identity(), spec);
  }

  private static ConnectorSpec with(ConnectorSpec spec, Setting setting) {
    return new ConnectorSpec(spec.name(), spec.summary(), List.of(setting), spec.roles());
  }

  private static List<Defect> passports() {
    Setting silent = Setting.optional("system", new Form.Text(), "");
    Setting wrong =
        Setting.withDefault("system", new Form.Whole(1, 9), "ten", "How many systems there are.");
    return List.of(
        spec("a setting is not documented", "documentsEverySetting", s -> with(s, silent)),
        spec("a default does not fit its form", "documentsEverySetting", s -> with(s, wrong)),
        spec(
            "it is registered under another name",
            "isFoundByItsName",
            s -> new ConnectorSpec("remory", s.summary(), s.settings(), s.roles())),
        spec(
            "it offers a role its spec does not name",
            "offersExactlyTheRolesOfItsSpec",
            s -> new ConnectorSpec(s.name(), s.summary(), s.settings(), Set.of(Role.BULK_READ))));
  }

  private static Defect in(String method, String what, String caughtBy, Instead instead) {
    return Defect.of(what, caughtBy, c -> Altered.method(Connection.class, c, method, instead));
  }

  private static List<Defect> connections() {
    return List.of(
        in(
            "check",
            "it finds fault where there is none",
            "isReadyWhenAllIsWell",
            (original, args) -> List.of(new Problem("", "a problem", "a remedy"))),
        in(
            "discover",
            "it discovers what it does not describe",
            "describesWhatItDiscovers",
            (original, args) -> List.of(Dataset.of("other", MemoryShapes.one(), "id"))),
        in(
            "describe",
            "it describes another key",
            "describesFieldsTypesAndKey",
            (original, args) ->
                ((Optional<?>) Defect.answer(original, args))
                    .map(Dataset.class::cast)
                    .map(d -> new Dataset(d.id(), d.schema(), List.of("name"), d.open()))),
        in(
            "describe",
            "it describes what is not there",
            "describesNothingWhereThereIsNothing",
            (original, args) ->
                Optional.of(
                    new Dataset((DatasetId) args[0], MemoryShapes.one(), List.of("id"), false))),
        in(
            "check",
            "it leaves a thread behind",
            "closingEndsEverythingItStarted",
            (original, args) -> {
              Thread.ofPlatform().daemon().name("left-behind").start(OtherDefects::linger);
              return original.call(args);
            }),
        in("close", "it can be used once closed", "isOfNoUseOnceClosed", (original, args) -> null));
  }

  private static void linger() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<Defect> roles() {
    return List.of(
        Defect.in(
            "lookup",
            Lookup.class,
            "find",
            "it finds what does not exist",
            "findsOnlyWhatExists",
            (original, args) -> {
              Map<Object, Object> found =
                  new LinkedHashMap<>((Map<?, ?>) Defect.answer(original, args));
              for (Object key : (List<?>) args[1]) {
                found.putIfAbsent(
                    key, Row.of(MemoryShapes.one(), ((Key) key).parts().getFirst(), null));
              }
              return found;
            }),
        Defect.in(
            "lookup",
            Lookup.class,
            "find",
            "it finds one at a time",
            "findsSeveralAtOnce",
            (original, args) ->
                original.call(args[0], ((List<?>) args[1]).stream().limit(1).toList())),
        Defect.in(
            "creator",
            DatasetCreator.class,
            "statement",
            "it does not say what it would create",
            "createsADatasetAndThenLetsItBe",
            (original, args) -> ""),
        Defect.in(
            "creator",
            DatasetCreator.class,
            "create",
            "it creates nothing",
            "createsADatasetAndThenLetsItBe",
            (original, args) -> null));
  }
}
