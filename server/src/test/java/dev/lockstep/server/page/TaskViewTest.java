package dev.lockstep.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A task that is under way, as pages show it. */
final class TaskViewTest {
  private static final String UNDER_WAY =
      "{'id':70003,'kind':'import','code':'x','className':'a.b.ObjectEntry','delegate':'C_Book',"
          + "'state':'started','cancelled':false,'dryRun':false,'error':'','percent':10.6,"
          + "'items':63600,'total':600000,'created':63599,'updated':0,'deleted':0,'unchanged':0,"
          + "'failed':1,'waiting':0,'itemsPerSecond':12653,'secondsLeft':42,"
          + "'startedAt':'2026-11-23T08:20:03Z','sentAt':null}";

  @Test
  void showsAShareThatIsNoWholeNumber() {
    JsonNode task = JsonMapper.shared().readTree(UNDER_WAY.replace('\'', '"'));
    Moments moments = new Moments(Instant.parse("2026-11-23T08:20:10Z"), ZoneOffset.UTC);
    TaskView view = TaskView.of(task, moments);
    assertThat(view.share()).isEqualTo(10);
    assertThat(view.percent()).isEqualTo("10.6 %");
    assertThat(view.items()).isEqualTo("63,600 of 600,000 items, 63,599 created, 1 failed");
    assertThat(view.pace()).isEqualTo("12,653/s, about 42 s left");
    assertThat(view.tone()).isEqualTo(Tone.WARN);
    assertThat(view.over()).isFalse();
    assertThat(view.again()).isFalse();
  }
}
