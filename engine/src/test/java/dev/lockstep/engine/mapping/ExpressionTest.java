package dev.lockstep.engine.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every function and operator the guide names, on one row that has a field of each type. */
class ExpressionTest {
  private static final Schema SOURCE =
      Syncs.schema(
          "id int!, name text, email text, nothing text, amount decimal(12,2), price float,"
              + " active bool, born date, opens time, seen datetime, at timestamp, doc json,"
              + " tags list(text), data bytes, gone text, none int, numbers list(int)");

  private static final @Nullable Object[] ROW = {
    7L,
    "Ada Lovelace",
    " Ada@Example.COM ",
    null,
    new BigDecimal("12.50"),
    1.5,
    true,
    LocalDate.parse("1815-12-10"),
    LocalTime.parse("08:30"),
    LocalDateTime.parse("2026-01-31T18:30:00"),
    Instant.parse("2026-01-31T23:30:00Z"),
    new JsonText("{\"city\":\"Bonn\",\"price\":10.50,\"count\":3,\"zip\":[1,2],\"no\":null}"),
    List.of("a", "b"),
    "hi".getBytes(StandardCharsets.UTF_8),
    Row.ABSENT,
    null,
    List.of(1L, 2L),
  };

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          record.email.trim().lowerAscii()              | text      | ada@example.com
          record.name.upperAscii()                      | text      | ADA LOVELACE
          record.name.replace('Ada', 'A.')              | text      | A. Lovelace
          record.name.split(' ')[1]                     | text      | Lovelace
          record.name.substring(0, 3)                   | text      | Ada
          record.name + ', ' + string(record.id)        | text      | Ada Lovelace, 7
          record.name.charAt(0)                         | text      | A
          record.name.indexOf('L')                      | int       | 4
          record.name.lastIndexOf('a')                  | int       | 9
          record.name.startsWith('Ada')                 | bool      | true
          record.name.endsWith('x')                     | bool      | false
          record.name.contains('Love')                  | bool      | true
          record.name.matches('^[A-Z].*e$')             | bool      | true
          record.name.reverse().substring(0, 2)         | text      | ec
          size(record.name)                             | int       | 12
          record.name.size()                            | int       | 12
          record.tags.join(',')                         | text      | a,b
          record.tags.map(t, t + '!').join('')          | text      | a!b!
          record.tags.filter(t, t != 'a').size()        | int       | 1
          record.tags.exists(t, t == 'b')               | bool      | true
          record.tags.all(t, t == 'b')                  | bool      | false
          'a' in record.tags                            | bool      | true
          record.tags[0]                                | text      | a
          record.tags == null                           | bool      | false
          record.id in [1, 7]                           | bool      | true
          record.id + 1                                 | int       | 8
          record.id * 2 - 1                             | int       | 13
          record.id / 2                                 | int       | 3
          record.id % 2                                 | int       | 1
          -record.id                                    | int       | -7
          double(record.id)                             | float     | 7.0
          record.price * 2.0                            | float     | 3.0
          int(record.price)                             | int       | 1
          record.price == 1.5                           | bool      | true
          record.price > 1                              | bool      | true
          record.price == 1                             | bool      | false
          math.greatest(record.id, 9)                   | int       | 9
          math.abs(-3)                                  | int       | 3
          math.ceil(record.price)                       | float     | 2.0
          record.amount + record.amount                 | decimal   | 25.00
          record.amount - 1                             | decimal   | 11.50
          record.amount * 1.1                           | decimal   | 13.750
          2 * record.amount                             | decimal   | 25.00
          0.1 + record.amount                           | decimal   | 12.60
          -record.amount                                | decimal   | -12.50
          record.amount > 12                            | bool      | true
          record.amount <= 12.5                         | bool      | true
          12.5 == record.amount                         | bool      | true
          record.amount != 12                           | bool      | true
          record.amount == decimal('12.5')              | bool      | true
          record.amount in [1, 12.5]                    | bool      | true
          int(record.amount)                            | int       | 12
          string(record.amount)                         | text      | 12.50
          double(record.amount)                         | float     | 12.5
          round(record.amount * 1.11, 1)                | decimal(5,1) | 13.9
          divide(record.amount, 3, 4)                   | decimal   | 4.1667
          decimal(record.id) + decimal('0.5')           | decimal   | 7.5
          record.active ? 'yes' : 'no'                  | text      | yes
          !record.active                                | bool      | false
          record.active && record.id > 3                | bool      | true
          record.nothing == null                        | bool      | true
          record.name != null                           | bool      | true
          default(record.nothing, 'none')               | text      | none
          default(record.gone, 'none')                  | text      | none
          default(record.name, 'none')                  | text      | Ada Lovelace
          default(record.none, 3) + 1                   | int       | 4
          default(record.doc.street, '-')               | text      | -
          default(record.doc.no, '-')                   | text      | -
          default(record.doc.no.deeper, '-')            | text      | -
          record.nothing == null ? null : record.nothing.trim() | text |
          record.nothing == null ? 0 : 1                | int       | 0
          has(record.gone)                              | bool      | false
          has(record.nothing)                           | bool      | true
          has(record.name)                              | bool      | true
          has(record.doc.city)                          | bool      | true
          has(record.doc.street)                        | bool      | false
          record.doc.city + '!'                         | text      | Bonn!
          record.doc.price                              | decimal(6,2) | 10.50
          record.doc.price * 2                          | decimal   | 21.00
          record.doc.count + 1                          | int       | 4
          record.doc.zip[1]                             | int       | 2
          record.doc.price == 10.5                      | bool      | true
          10.5 == record.doc.price                      | bool      | true
          record.doc['city']                            | text      | Bonn
          record.doc.zip                                | list(int) | [1, 2]
          {'name': record.name, 'n': record.amount}     | json      | {\"name\":\"Ada Lovelace\",\"n\":12.50}
          [record.id, 8]                                | json      | [7,8]
          json('{\"a\": [1]}').a[0]                     | int       | 1
          record.born < '1900-01-01'                    | bool      | true
          record.born                                   | text      | 1815-12-10
          record.opens + ''                             | text      | 08:30:00
          date(record.seen)                             | date      | 2026-01-31
          time(record.seen)                             | time      | 18:30
          date(record.at, 'UTC')                        | date      | 2026-01-31
          date(record.at, 'Europe/Berlin')              | date      | 2026-02-01
          time(record.at, 'Europe/Berlin')              | text      | 00:30:00
          dateTime(record.at, 'America/New_York')       | datetime  | 2026-01-31T18:30
          timestamp(record.seen, 'Europe/Berlin')       | timestamp | 2026-01-31T17:30:00Z
          timestamp(record.born, 'UTC')                 | timestamp | 1815-12-10T00:00:00Z
          timestamp('2026-01-01T00:00:00Z') < record.at | bool      | true
          record.at + duration('1h')                    | timestamp | 2026-02-01T00:30:00Z
          record.at.getFullYear()                       | int       | 2026
          record.at.getHours('Europe/Berlin')           | int       | 0
          int(record.at)                                | int       | 1769902200
          string(record.at)                             | text      | 2026-01-31T23:30:00Z
          base64.encode(record.data)                    | text      | aGk=
          string(record.data)                           | text      | hi
          string(base64.decode('aGk='))                 | text      | hi
          record.numbers.map(n, n * 2)                  | list(int) | [2, 4]
          record.numbers.map(n, string(n)).join('-')    | text      | 1-2
          int('42')                                     | int       | 42
          bool('true')                                  | bool      | true
          """)
  void gives(String expression, String type, @Nullable String expected) {
    Object value = Syncs.value(expression, type, SOURCE, ROW.clone());
    assertThat(value == null ? null : value.toString()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          record.nothing.lowerAscii()   | text | record.nothing is null in record.nothing.lowerAscii()
          record.nothing + 'x'          | text | default(record.nothing, …)
          record.none + 1               | int  | record.none is null in record.none + 1
          record.id / 0                 | int  | / by zero
          record.doc.street             | text | street
          record.tags[5]                | text | in record.tags[5]
          int(record.name)              | int  | in int(record.name)
          decimal(record.name)          | decimal | 'Ada Lovelace' is no decimal
          date(record.name)             | date | write 2026-01-31T18:30:00
          date(record.at, 'Mars')       | date | zones as Europe/Berlin
          divide(record.amount, 0, 2)   | decimal | cannot divide by 0
          round(record.amount, 99999)   | decimal | cannot round to 99999
          record.amount * 1.111         | decimal(12,2) | does not fit decimal(12,2)
          record.doc.city               | int  | 'Bonn' does not fit int
          json(record.name)             | json | correct the JSON
          9223372036854775807 + record.id | int | in 9223372036854775807
          """)
  void refusesOneRecordSayingWhy(String expression, String type, String told) {
    assertThat(Syncs.value(expression, type, SOURCE, ROW.clone()))
        .asString()
        .startsWith("refused: field 'out': ")
        .contains(told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          record.gone                     | text
          record.gone.lowerAscii()        | text
          record.name + record.gone       | text
          """)
  void leavesTheTargetAloneWhenAFieldWasNotSent(String expression, String type) {
    assertThat(Syncs.value(expression, type, SOURCE, ROW.clone())).isEqualTo(Row.ABSENT);
  }
}
