package dev.lockstep.server.extension;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NaturalOrderTest {

  @Test
  void numbersAreInTheirOrderAndCaseDoesNotCount() {
    List<String> ordered =
        List.of(
            "batch/00-lists.json",
            "batch/1.json",
            "batch/02-folders.json",
            "batch/2-folders.json",
            "batch/9/10.json",
            "batch/10/2.json",
            "batch/10/12.json",
            "batch/99999999999999999999.json",
            "batch/a.json",
            "batch/B.json",
            "batch/b10.json",
            "batch/b10a.json",
            "c");
    List<String> mixed = new ArrayList<>(ordered);
    Collections.shuffle(mixed, new Random(3));
    mixed.sort(NaturalOrder.OF_TEXTS);
    assertThat(mixed).containsExactlyElementsOf(ordered);
  }

  /** Cases that Liferay's own comparator is tested with. */
  @Test
  void equalNumbersAreToldApartByTheirZeros() {
    List<String> mixed =
        new ArrayList<>(
            List.of(
                "1 book",
                "100 dollar",
                "25 shoes",
                "04:00",
                "4:00",
                "04:30",
                "hello07world",
                "hello8world",
                "hello007world"));
    mixed.sort(NaturalOrder.OF_TEXTS);
    assertThat(mixed)
        .containsExactly(
            "1 book",
            "04:00",
            "4:00",
            "04:30",
            "25 shoes",
            "100 dollar",
            "hello007world",
            "hello07world",
            "hello8world");
  }
}
