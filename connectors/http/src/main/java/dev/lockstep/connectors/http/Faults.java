package dev.lockstep.connectors.http;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Puts what went wrong into words. */
final class Faults {
  private Faults() {}

  /** Why no connection came about. */
  static String unreachable(Throwable thrown, String host) {
    Throwable root = root(thrown);
    String detail = cut(firstLine(root), 160);
    return switch (root) {
      case UnknownHostException e -> "the host '" + host + "' is unknown (DNS)";
      case SocketTimeoutException e -> "'" + host + "' does not accept the connection in time";
      case ConnectException e -> "'" + host + "' refuses the connection";
      case NoRouteToHostException e -> "there is no route to '" + host + "'";
      case CertificateException e ->
          "the certificate of '" + host + "' is not trusted (TLS): " + detail;
      case SSLException e -> "no TLS connection to '" + host + "' comes about: " + detail;
      case SocketException e -> "no connection to '" + host + "' comes about: " + detail;
      default ->
          isDns(thrown)
              ? "the host '" + host + "' is unknown (DNS)"
              : "no connection to '" + host + "' comes about: " + detail;
    };
  }

  /** Why an answer broke off. */
  static String broken(Throwable thrown) {
    Throwable root = root(thrown);
    return root instanceof SocketException || root instanceof SSLException
        ? "the connection broke (" + cut(firstLine(root), 80) + ")"
        : "the connection was closed before the answer was whole";
  }

  static boolean isTimeout(Throwable thrown) {
    return root(thrown) instanceof SocketTimeoutException;
  }

  private static boolean isDns(Throwable thrown) {
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      if (at instanceof UnknownHostException
          || at.getClass().getSimpleName().contains("UnknownHost")) {
        return true;
      }
    }
    return false;
  }

  private static Throwable root(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  static String firstLine(Throwable thrown) {
    String message = thrown.getMessage();
    if (message == null) {
      return thrown.getClass().getSimpleName();
    }
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  /** One line of at most so many letters. */
  static String cut(@Nullable String text, int length) {
    if (text == null) {
      return "";
    }
    String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.length() <= length ? line : line.substring(0, length) + "…";
  }
}
