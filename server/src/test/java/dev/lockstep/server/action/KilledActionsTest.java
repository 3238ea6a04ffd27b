package dev.lockstep.server.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.server.action.Receiver.Got;
import dev.lockstep.server.action.Receiver.Reaction;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL while events are answered and not settled yet: every acknowledged change reaches the
 * endpoint, in order per entry, and what comes twice has the same id and body.
 */
class KilledActionsTest {

  @TempDir Path folder;

  /** How often; more by {@code -Dlockstep.test.kills=50}. */
  int kills() {
    return Integer.getInteger("lockstep.test.kills", 3);
  }

  @Test
  void nothingAcknowledgedIsLostAndRepeatsHaveTheSameId() throws Exception {
    Random random = new Random(11);
    Set<String> acknowledged = new LinkedHashSet<>();
    try (Receiver receiver = new Receiver()) {
      receiver.on("/hook", got -> flaky(receiver, got));
      try (Served served = Served.open(folder, true).withTickets()) {
        served.action("changed", "onAfterUpdate", receiver.url("/hook"), "").is(200);
        noteEveryUpdate(served);
      }
      for (int run = 1; run <= kills(); run++) {
        acknowledged.addAll(runAndKill(run, 20 + random.nextInt(100)));
      }
      assertThat(acknowledged).hasSizeGreaterThan(10 * kills());
      try (Served served = Served.open(folder, true)) {
        Served.until("all came", () -> taken(receiver).containsAll(acknowledged));
        Served.until(
            "all are settled",
            () ->
                served
                    .get("/api/v1/actions/deliveries?state=waiting")
                    .json()
                    .path("items")
                    .isEmpty());
        assertThat(notes(served))
            .as("each change is noted once")
            .doesNotHaveDuplicates()
            .containsAll(acknowledged);
      }
      inOrder(receiver);
    }
  }

  /** An entry of another object is added for each change. */
  private static void noteEveryUpdate(Served served) throws Exception {
    served
        .send(
            "PUT",
            "/o/object-admin/v1.0/object-definitions/by-external-reference-code/NOTE",
            "{'name':'Note','label':{'en_US':'Note'},'pluralLabel':{'en_US':'Notes'},"
                + "'status':{'code':0},'objectFields':["
                + "{'name':'title','label':{'en_US':'Title'},'businessType':'Text'}]}")
        .is(200);
    served
        .send(
            "POST",
            Served.TICKETS + "/object-actions",
            "{'name':'note','label':{'en_US':'note'},'objectActionTriggerKey':'onAfterUpdate',"
                + "'objectActionExecutorKey':'add-object-entry','parameters':{"
                + "'objectDefinitionExternalReferenceCode':'NOTE','predefinedValues':[{"
                + "'name':'title','inputAsValue':false,"
                + "'value':'concat(externalReferenceCode, \\\"#\\\", number)'}]}}")
        .is(200);
  }

  private static List<String> notes(Served served) throws Exception {
    List<String> titles = new ArrayList<>();
    int last = 1;
    for (int page = 1; page <= last; page++) {
      var notes = served.get("/o/c/notes?pageSize=500&page=" + page).is(200).json();
      last = notes.path("lastPage").intValue();
      notes.path("items").forEach(it -> titles.add(it.path("title").asString().replace('#', ' ')));
    }
    return titles;
  }

  /** Every eleventh event fails at first. */
  private static Reaction flaky(Receiver receiver, Got got) {
    return Math.floorMod(got.id().hashCode(), 11) == 0 && receiver.times(got) == 1
        ? Reaction.status(503)
        : Reaction.OK;
  }

  private List<String> runAndKill(int run, int after) throws Exception {
    Process child =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                KilledServer.class.getName(),
                folder.toString(),
                Integer.toString(run))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader = child.inputReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
        if (lines.size() == after) {
          // By its handle: the process itself would close what was printed and not yet read.
          child.toHandle().destroyForcibly();
        }
      }
    } finally {
      child.destroyForcibly().waitFor();
    }
    // The last line may have been cut.
    lines.removeLast();
    return lines;
  }

  private static Set<String> taken(Receiver receiver) {
    Set<String> taken = new LinkedHashSet<>();
    receiver.got("/hook").forEach(got -> taken.add(told(got)));
    return taken;
  }

  private static String told(Got got) {
    return got.entry() + " " + got.value("number");
  }

  private static void inOrder(Receiver receiver) {
    Map<String, List<String>> byEntry = new LinkedHashMap<>();
    Map<String, String> bodies = new HashMap<>();
    Map<String, String> ids = new HashMap<>();
    for (Got got : receiver.got("/hook")) {
      assertThat(bodies.merge(got.id(), got.body(), (first, again) -> first)).isEqualTo(got.body());
      assertThat(ids.merge(told(got), got.id(), (first, again) -> first)).isEqualTo(got.id());
      List<String> numbers = byEntry.computeIfAbsent(got.entry(), _ -> new ArrayList<>());
      if (!numbers.contains(got.value("number"))) {
        numbers.add(got.value("number"));
      }
    }
    byEntry.forEach((entry, numbers) -> assertThat(numbers).as(entry).isSorted());
  }
}
