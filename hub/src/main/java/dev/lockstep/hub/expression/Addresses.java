package dev.lockstep.hub.expression;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which texts are addresses of mail and of the web. */
final class Addresses {
  /** Words joined by dots, and a host of at least two labels, the last of two letters or more. */
  private static final Pattern MAIL =
      Pattern.compile(
          "[\\w!#$%&'*+/=?^`{|}~-]+(\\.[\\w!#$%&'*+/=?^`{|}~-]+)*"
              + "@([0-9A-Za-z]([0-9A-Za-z-]*[0-9A-Za-z])?\\.)+"
              + "[0-9A-Za-z][0-9A-Za-z-]*[0-9A-Za-z]");

  /** Reading an address of mail costs more than reading a text. */
  private static final int WORK = 20;

  private static final Set<String> SCHEMES =
      Set.of("http", "https", "ftp", "file", "jar", "mailto");
  private static final Set<String> NO_HOST = Set.of("http://", "https://");
  private static final Pattern PORT = Pattern.compile("[0-9]{0,9}");

  private Addresses() {}

  /** Several may stand behind each other with commas between them; of none, all are good. */
  static boolean areMail(Arguments arguments) throws Unfit {
    String text = arguments.text(0);
    arguments.work().spend((long) text.length() * WORK);
    return text.isEmpty()
        || List.of(text.split(",")).stream().map(String::strip).allMatch(MAIL::matches);
  }

  static boolean isUrl(Arguments arguments) throws Unfit {
    String text = arguments.text(0);
    boolean rootIsEnough = arguments.count() > 1 && arguments.truth(1);
    if (text.isBlank() || NO_HOST.contains(text)) {
      return false;
    }
    return (rootIsEnough && text.charAt(0) == '/') || isUrl(text.strip());
  }

  private static boolean isUrl(String text) {
    int colon = text.indexOf(':');
    return colon > 0
        && SCHEMES.contains(text.substring(0, colon).toLowerCase(Locale.ROOT))
        && hasGoodPort(text.substring(colon + 1));
  }

  private static boolean hasGoodPort(String behindScheme) {
    if (!behindScheme.startsWith("//")) {
      return true;
    }
    String authority = behindScheme.substring(2).split("[/?#]", 2)[0];
    String host = authority.substring(authority.lastIndexOf('@') + 1);
    int colon = host.indexOf(':', host.lastIndexOf(']') + 1);
    return colon < 0 || PORT.matches(host.substring(colon + 1));
  }
}
