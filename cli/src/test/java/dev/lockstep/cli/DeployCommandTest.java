package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.cli.Commands.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the guide says of {@code lockstep deploy}, typed as it stands there. */
class DeployCommandTest {
  private static final Path GUIDE = Path.of("..", "docs", "guide", "client-extensions.md");

  @TempDir private Path folder;

  private static void batch(Path project, String name, String configuration, String items)
      throws Exception {
    Files.createDirectories(project.resolve("batch"));
    Files.writeString(
        project.resolve("batch/" + name + ".batch-engine-data.json"),
        "{'configuration':{%s},'items':[%s]}".formatted(configuration, items).replace('\'', '"'));
  }

  private static final String UPSERT = ",'parameters':{'createStrategy':'UPSERT'}";

  private Path tickets() throws Exception {
    Path project = folder.resolve("tickets");
    batch(
        project,
        "01-lists",
        "'className':'com.liferay.headless.admin.list.type.dto.v1_0.ListTypeDefinition'" + UPSERT,
        "{'externalReferenceCode':'QUEUES','name':'Queues','listTypeEntries':["
            + "{'key':'billing','name':'Billing'}]}");
    batch(
        project,
        "02-definitions",
        "'className':'com.liferay.object.admin.rest.dto.v1_0.ObjectDefinition'" + UPSERT,
        "{'externalReferenceCode':'TICKET','name':'Ticket','label':{'en_US':'Ticket'},"
            + "'pluralLabel':{'en_US':'Tickets'},'scope':'company','status':{'code':0},"
            + "'objectFields':[{'name':'number','label':{'en_US':'Number'},"
            + "'businessType':'Integer','DBType':'Integer'}]}");
    batch(
        project,
        "10-entries",
        "'className':'com.liferay.object.rest.dto.v1_0.ObjectEntry',"
            + "'taskItemDelegateName':'C_Ticket'"
            + UPSERT,
        "{'externalReferenceCode':'T-1','number':1},{'externalReferenceCode':'T-2','number':2}");
    Files.writeString(
        project.resolve("client-extension.yaml"),
        """
        tickets:
            oAuthApplicationHeadlessServer: tickets-server
            type: batch
        tickets-server:
            scopes: [C_Ticket.everything]
            type: oAuthApplicationHeadlessServer
        """);
    return project;
  }

  private Path broken() throws Exception {
    Path project = folder.resolve("broken");
    batch(
        project,
        "02-entries",
        "'className':'com.liferay.object.rest.dto.v1_0.ObjectEntry',"
            + "'taskItemDelegateName':'C_Ticket'"
            + UPSERT,
        "{'externalReferenceCode':'T-3','number':3},"
            + "{'externalReferenceCode':'T-4','number':'none'}");
    batch(
        project,
        "03-more",
        "'className':'com.liferay.object.rest.dto.v1_0.ObjectEntry',"
            + "'taskItemDelegateName':'C_Ticket'",
        "{}");
    Files.writeString(
        project.resolve("client-extension.yaml"),
        """
        broken:
            oAuthApplicationHeadlessServer: broken-server
            type: batch
        broken-server:
            scopes: [C_Ticket.everything]
            type: oAuthApplicationHeadlessServer
        """);
    return project;
  }

  private String words(String out) {
    return out.replace(folder + "/", "")
        .replaceAll("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d", "2026-11-23 10:00:00")
        .replaceAll("(?m)^", "    ")
        .replaceAll(" +(?=\n|$)", "")
        .stripTrailing();
  }

  @Test
  void everyCommandTellsWhatTheGuideSays() throws Exception {
    Commands commands = new Commands(folder);
    Files.writeString(
        folder.resolve("lockstep.yaml"),
        "lockstep: 1\nserver: {address: \"127.0.0.1:0\"}\nhub: {definitions: true}\n");
    String guide = Files.readString(GUIDE);
    String tickets = tickets().toString();
    Outcome first = commands.run("deploy", tickets);
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(guide).contains("$ lockstep deploy tickets\n" + words(first.out()) + "\n");
    Outcome second = commands.run("deploy", tickets);
    assertThat(guide).contains("$ lockstep deploy tickets\n" + words(second.out()) + "\n");
    Outcome failed = commands.run("deploy", broken().toString());
    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.out()).contains("item 2: ");
    Outcome listed = commands.run("deploy", "--list");
    assertThat(guide).contains("$ lockstep deploy --list\n" + words(listed.out()) + "\n");
    assertThat(commands.run("deploy", "--list", "--json").json().path("items")).hasSize(2);
    assertThat(commands.run("deploy").code()).isEqualTo(2);
    assertThat(commands.run("deploy", "nowhere").err()).contains("there is no nowhere");
    Files.writeString(folder.resolve("lockstep.yaml"), "lockstep: 1\nhub: {}\n");
    assertThat(commands.run("deploy", tickets).err()).contains("definitions: true");
  }
}
