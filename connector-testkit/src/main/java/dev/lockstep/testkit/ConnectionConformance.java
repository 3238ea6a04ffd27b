package dev.lockstep.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.connector.Connection;
import dev.lockstep.connector.Connector;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.ConnectorSpec.Role;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.Problem;
import dev.lockstep.connector.Secret;
import dev.lockstep.connector.Settings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Opening, checking, describing and closing. */
interface ConnectionConformance extends Tried {

  @Test
  default void isReadyWhenAllIsWell() throws InterruptedException {
    trial().filled(1);
    assertThat(trial().open().check()).isEmpty();
  }

  @Test
  default void saysWhatIsWrongWithItsSettingsAndWhatToDo() throws InterruptedException {
    trial().filled(1);
    List<Harness.Unusable> unusable = trial().harness().unusable();
    assertThat(unusable.isEmpty())
        .as("the harness gives settings that cannot work, unless that is waived")
        .isEqualTo(!trial().can(Behaviour.REFUSES_BAD_SETTINGS));
    for (Harness.Unusable each : unusable) {
      List<Problem> problems = problems(trial().harness().connector(), each.settings());
      assertThat(problems)
          .as(each.fault())
          .anySatisfy(problem -> assertThat(problem.setting()).isEqualTo(each.setting()))
          .allSatisfy(problem -> assertThat(problem.message()).isNotBlank())
          .allSatisfy(problem -> assertThat(problem.remedy()).isNotBlank());
      // Invariant 10: a secret appears in no log, error, API answer, event or page.
      assertThat(problems.toString()).doesNotContain(secrets(each.settings()));
    }
  }

  private static List<Problem> problems(Connector connector, Settings settings)
      throws InterruptedException {
    List<Problem> offline = connector.validate(settings);
    if (!offline.isEmpty()) {
      return offline;
    }
    try (Connection connection = connector.open(settings, Trial.context())) {
      return connection.check();
    } catch (ConnectorException e) {
      assertThat(e.failure()).isInstanceOf(Failure.Misconfigured.class);
      return ((Failure.Misconfigured) e.failure()).problems();
    }
  }

  private static List<String> secrets(Settings settings) {
    List<String> secrets = new ArrayList<>();
    for (Object value : settings.values().values()) {
      switch (value) {
        case Secret secret -> secrets.add(secret.reveal());
        case Settings nested -> secrets.addAll(secrets(nested));
        default -> {}
      }
    }
    // An empty list of texts to look for would be refused.
    return secrets.isEmpty() ? List.of("\u0000no secret\u0000") : secrets;
  }

  @Test
  default void offersExactlyTheRolesOfItsSpec() throws InterruptedException {
    trial().filled(1);
    Connection connection = trial().open();
    Set<Role> offered = new HashSet<>();
    connection.bulkReader().ifPresent(role -> offered.add(Role.BULK_READ));
    connection.changeReader().ifPresent(role -> offered.add(Role.CHANGE_READ));
    connection.writer().ifPresent(role -> offered.add(Role.WRITE));
    connection.lookup().ifPresent(role -> offered.add(Role.LOOKUP));
    connection.creator().ifPresent(role -> offered.add(Role.CREATE));
    assertThat(offered).isEqualTo(trial().harness().connector().spec().roles());
  }

  @Test
  default void describesWhatItDiscovers() throws InterruptedException {
    Dataset dataset = trial().filled(2);
    Connection connection = trial().open();
    List<Dataset> discovered = connection.discover();
    assertThat(discovered).extracting(Dataset::id).contains(dataset.id()).doesNotHaveDuplicates();
    for (Dataset each : discovered) {
      assertThat(connection.describe(each.id())).contains(each);
    }
  }

  @Test
  default void describesFieldsTypesAndKey() throws InterruptedException {
    Dataset dataset = trial().filled(2);
    Optional<Dataset> described = trial().open().describe(dataset.id());
    assertThat(described).isPresent();
    assertThat(described.get().key()).isEqualTo(dataset.key());
    assertThat(described.get().open()).isEqualTo(dataset.open());
    if (!dataset.open()) {
      assertThat(described.get().schema().fields())
          .extracting(Field::name, Field::type)
          .containsExactlyInAnyOrderElementsOf(
              dataset.schema().fields().stream()
                  .map(f -> org.assertj.core.groups.Tuple.tuple(f.name(), f.type()))
                  .toList());
    }
  }

  @Test
  default void describesNothingWhereThereIsNothing() throws InterruptedException {
    trial().filled(1);
    assertThat(trial().open().describe(new DatasetId("no_such_dataset"))).isEmpty();
  }

  @Test
  default void closingEndsEverythingItStarted() throws InterruptedException {
    Dataset dataset = trial().filled(3);
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    Connection connection = trial().open();
    connection.check();
    connection.describe(dataset.id());
    connection.bulkReader().ifPresent(reader -> BulkReadConformance.drain(reader, dataset));
    trial().close(connection);
    Set<Thread> left = new HashSet<>(Thread.getAllStackTraces().keySet());
    left.removeAll(before);
    left.removeIf(thread -> trial().harness().owns(thread));
    for (Thread thread : left) {
      assertThat(thread.join(trial().harness().patience()))
          .as("thread '" + thread.getName() + "' ends when its connection is closed")
          .isTrue();
    }
  }

  @Test
  default void isOfNoUseOnceClosed() throws InterruptedException {
    Dataset dataset = trial().filled(1);
    Connection connection = trial().open();
    trial().close(connection);
    assertThatThrownBy(() -> connection.describe(dataset.id()))
        .isInstanceOf(RuntimeException.class);
  }
}
