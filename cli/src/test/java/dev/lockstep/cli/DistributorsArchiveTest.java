package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One archive holds all of examples/liferay-distributors; its README's commands word for word. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class DistributorsArchiveTest {
  @TempDir private Path folder;

  @Test
  void itDeploysIntoAnEmptyLockstepAndComesOutEqual() throws Exception {
    try (ExampleFolder example = new ExampleFolder("liferay-distributors", 7080, 6, folder)) {
      example.start("desk", "demo", "--systems-only", "--system", "desk", ".");
      example.start("crm", "demo", "--systems-only", "--system", "crm", ".");
      example.start("lockstep", "up", ".");
      example.shell("./deploy.sh");
      String entries = "http://127.0.0.1:%d/o/c/".formatted(example.port(0));
      example.shell(
          "curl -sSf -X POST "
              + entries
              + "distributorapplications -H 'Content-Type: application/json' -d '"
              + "{\"externalReferenceCode\": \"EYE_SPY\", \"businessName\": \"Eye Spy Ltd.\","
              + " \"businessTaxIDNumber\": \"32\", \"applicantName\": \"Robert Green\","
              + " \"applicantEmailAddress\": \"robert@eyespyltd.example\"}'");
      example.shell(
          "curl -sSf -X POST "
              + entries
              + "tickets -H 'Content-Type: application/json' -d '"
              + "{\"externalReferenceCode\": \"T-1\", \"subject\": \"Slow\", \"queue\": \"software\","
              + " \"r_applicationToTickets_c_distributorApplicationERC\": \"EYE_SPY\"}'");
      String heading = "All of it in one archive";
      assertThat(example.readme(heading, 0)).contains("distributors.zip");
      example.start("empty", "up", "empty");
      assertThat(example.readme(heading, 1)).contains("distributors: deployed").contains("equal");
      assertThat(
              example.shell(
                  "curl -sSf http://127.0.0.1:%d/o/c/tickets/by-external-reference-code/T-1"
                      .formatted(example.port(5))))
          .contains("\"EYE_SPY\"");
    }
  }
}
