package dev.lockstep.engine.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.connector.Limits;
import dev.lockstep.engine.limit.Allowance.Per;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitSpecTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @Test
  void readsCallsInAPeriod() {
    assertThat(Allowance.parse("10000/day", BERLIN))
        .isEqualTo(new Allowance(10_000, new Per.Day(BERLIN)));
    assertThat(Allowance.parse(" 100 / hour ", BERLIN))
        .isEqualTo(new Allowance(100, new Per.Rolling(Duration.ofHours(1))));
    assertThat(Allowance.parse("600/MIN", BERLIN).callsPerDay()).isEqualTo(864_000);
  }

  @ParameterizedTest
  @CsvSource({"20/s, 20", "600/min, 10", "1000/hour, 0.277777", "2.5/s, 2.5", "1/h, 0.000277"})
  void readsRates(String text, double perSecond) {
    assertThat(LimitSpec.rate(text)).isCloseTo(perSecond, within(0.000001));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10000          | it is not a number per unit of time. Write 10000/day",
        "many/day       | it is not a number per unit of time",
        "-5/day         | it is not a number per unit of time",
        "5/fortnight    | the unit 'fortnight' is unknown",
        "0/day          | it allows nothing",
        "2.5/day        | it is not a whole number of calls",
        "5/s            | a limit per second is a rate. Write rate: 5/s instead of calls",
      })
  void refusesCallsThatCannotBeRead(String text, String fault) {
    assertThatThrownBy(() -> Allowance.parse(text, BERLIN))
        .isInstanceOf(UnrecognizableLimit.class)
        .hasMessageContaining("Unrecognized calls '" + text + "'")
        .hasMessageContaining(fault);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "20             | it is not a number per unit of time. Write 20/s",
        "0/s            | it allows nothing",
        "20/day         | a limit per day is no rate. Write calls: 20/day instead of rate",
      })
  void refusesRatesThatCannotBeRead(String text, String fault) {
    assertThatThrownBy(() -> LimitSpec.rate(text))
        .isInstanceOf(UnrecognizableLimit.class)
        .hasMessageContaining(fault);
  }

  @Test
  void keepsTheNarrowerOfConnectorAndUser() {
    LimitSpec user =
        new LimitSpec(
            Optional.of(Allowance.parse("10/day", ZoneOffset.UTC)),
            OptionalDouble.of(2.5),
            OptionalInt.of(8),
            OptionalInt.of(50));

    LimitSpec both = user.narrowedBy(new Limits(OptionalInt.of(3), OptionalInt.of(20), 200));

    assertThat(both.ratePerSecond()).hasValue(2.5);
    assertThat(both.concurrent()).hasValue(3);
    assertThat(both.limits(200)).isEqualTo(new Limits(OptionalInt.of(3), OptionalInt.of(2), 50));
    assertThat(both.limits(1).batchRows()).isEqualTo(1);
    assertThat(both.callsPerDay()).isEqualTo(10);
    assertThat(LimitSpec.NONE.narrowedBy(Limits.batches(7)).limits(7)).isEqualTo(Limits.batches(7));
    assertThat(LimitSpec.NONE.callsPerDay()).isInfinite();
  }
}
