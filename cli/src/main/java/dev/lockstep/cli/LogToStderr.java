package dev.lockstep.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.logging.LogManager;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * The log: one line an event on standard error, warnings and worse unless more is asked for. Found
 * by logback itself, and quicker to start than its XML.
 */
public final class LogToStderr extends ContextAwareBase implements Configurator {
  // Without %xEx a stack trace would follow every event; it is told in full only when asked for.
  private static final String LINE = "%d{HH:mm:ss.SSS} %-5level %msg%n%nopex";
  private static final String LINE_AND_TRACE = "%d{HH:mm:ss.SSS} %-5level %logger{24} %msg%n%xEx";

  /** Called by logback. */
  public LogToStderr() {}

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    install(context, LINE, Level.WARN);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /** Called once, before anything is logged. */
  static void start(boolean verbose, boolean debug) {
    LogManager.getLogManager().reset();
    SLF4JBridgeHandler.install();
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.reset();
      install(context, debug ? LINE_AND_TRACE : LINE, verbose || debug ? Level.INFO : Level.WARN);
    }
  }

  private static void install(LoggerContext context, String pattern, Level level) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(pattern);
    encoder.start();
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setName("stderr");
    console.setTarget("System.err");
    console.setEncoder(encoder);
    console.start();
    ch.qos.logback.classic.Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(level);
    root.addAppender(console);
    // Their lines at a start are about themselves.
    context.getLogger("io.helidon").setLevel(Level.WARN);
    context.getLogger("com.zaxxer.hikari").setLevel(Level.ERROR);
    // What the database answers is told where it belongs, with the record or the sync.
    context.getLogger("org.mariadb.jdbc.message.server").setLevel(Level.ERROR);
  }
}
