package dev.lockstep.engine.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Several tasks at once. */
class AtOnceTest {
  @Test
  void everyTaskIsDoneOnce() throws Exception {
    AtomicInteger sum = new AtomicInteger();
    AtOnce.run(100, 3, sum::addAndGet);
    assertThat(sum.get()).isEqualTo(4950);
  }

  /** A task may fail before the next thread is there. */
  @RepeatedTest(300)
  void whatIsThrownIsWhatTheFirstTaskThatFailedThrew() {
    assertThatThrownBy(() ->
            AtOnce.run(
                8,
                8,
                number -> {
                  throw new UnsupportedOperationException();
                }))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
