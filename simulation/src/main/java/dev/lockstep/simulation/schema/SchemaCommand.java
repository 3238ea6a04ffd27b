package dev.lockstep.simulation.schema;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code simulation/run schema}. */
@Command(
    name = "schema",
    description =
        "Copies and follows a schema of many tables under load while everything is killed, and"
            + " compares every table.",
    mixinStandardHelpOptions = true)
public final class SchemaCommand implements Callable<Integer> {
  @Option(
      names = "--minutes",
      defaultValue = "10",
      description = "how long the load goes on (${DEFAULT-VALUE})")
  private double minutes;

  @Option(
      names = "--kill-every",
      defaultValue = "20s",
      converter = Seconds.class,
      description = "from one kill to the next, about (${DEFAULT-VALUE})")
  private Duration killEvery = Duration.ofSeconds(20);

  @Option(
      names = "--kill",
      defaultValue = "lockstep",
      split = ",",
      description =
          "what is killed: lockstep, source, target, network; the first at least every other time"
              + " (${DEFAULT-VALUE})")
  private List<Victim> victims = List.of();

  @Option(
      names = "--kill-while-loading",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "whether the first kills fall into the initial load (${DEFAULT-VALUE})")
  private boolean loading = true;

  @Option(names = "--seed", description = "chooses the load and the kills as an earlier call did")
  private @Nullable Long seed;

  @Option(
      names = "--version",
      defaultValue = "18",
      description = "of PostgreSQL: 15 or 18 (${DEFAULT-VALUE})")
  private int version;

  @Option(names = "--json", description = "nothing but the result on standard output")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintStream progress = json ? System.err : System.out;
    long chosen = seed == null ? new SplittableRandom().nextLong(1_000_000_000) : seed;
    Path folder = SchemaSimulation.folder();
    progress.println("seed " + chosen + ", Lockstep's folder is " + folder);
    Course course =
        new Course(
            chosen,
            version,
            Duration.ofMillis(Math.round(minutes * 60_000)),
            killEvery,
            loading,
            victims,
            Scale.FULL);
    SchemaReport report = new SchemaSimulation(course, folder, progress::println).run();
    System.out.println(report.json());
    return report.isClean() ? 0 : 1;
  }

  /** {@code 20s}, {@code 500ms}, {@code 1m}. */
  static final class Seconds implements ITypeConverter<Duration> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,6})(ms|s|m)");

    @Override
    public Duration convert(String text) {
      Matcher form = FORM.matcher(text);
      if (!form.matches()) {
        throw new TypeConversionException("'" + text + "' is no duration such as 20s");
      }
      long number = Long.parseLong(form.group(1));
      return switch (form.group(2)) {
        case "ms" -> Duration.ofMillis(number);
        case "s" -> Duration.ofSeconds(number);
        default -> Duration.ofMinutes(number);
      };
    }
  }
}
