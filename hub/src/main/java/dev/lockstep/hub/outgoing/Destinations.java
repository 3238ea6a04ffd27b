package dev.lockstep.hub.outgoing;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;

/**
 * Which addresses may be called.
 *
 * @param localNetwork whether this machine and the networks that are not the public internet may be
 */
public record Destinations(boolean localNetwork) {
  private static final String LOCAL_REMEDY =
      "send a public address, or allow these with hub.actions.localNetwork: true";

  /**
   * Reads an address without looking it up.
   *
   * @throws AddressRefused when it is none of http or https with a host
   */
  public static URI parse(String text) throws AddressRefused {
    URI uri;
    try {
      uri = new URI(new URI(text.strip()).toASCIIString());
    } catch (URISyntaxException malformed) {
      throw new AddressRefused(
          "'" + text + "' is no address", "send http:// or https:// and a host");
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new AddressRefused(
          "'" + text + "' is no address of http or https", "send http:// or https:// and a host");
    }
    if (uri.getHost() == null || uri.getHost().isEmpty() || uri.getPort() > 65_535) {
      throw new AddressRefused(
          "'" + text + "' names no host", "send http:// or https:// and a host");
    }
    if (uri.getRawUserInfo() != null) {
      throw new AddressRefused(
          "the address has a user before its host", "leave it out, and send the secret instead");
    }
    return uri;
  }

  /**
   * Looks a host up and answers where to connect to. All of its addresses must be allowed: a name
   * that has a local one beside a public one was made to deceive.
   *
   * @throws UnknownHostException when it has no address now
   */
  public InetSocketAddress resolve(URI uri) throws AddressRefused, UnknownHostException {
    String host = uri.getHost();
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    InetAddress[] found = InetAddress.getAllByName(bare);
    for (InetAddress address : found) {
      if (!localNetwork && isLocal(address)) {
        throw new AddressRefused(
            host + " is " + address.getHostAddress() + ", which is not in the public internet",
            LOCAL_REMEDY);
      }
    }
    boolean secure = uri.getScheme().equalsIgnoreCase("https");
    int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
    return new InetSocketAddress(found[0], port);
  }

  /** Whether an address is of this machine or of a network that others cannot reach. */
  static boolean isLocal(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return true;
    }
    byte[] bytes = address.getAddress();
    return address instanceof Inet6Address ? isLocal6(bytes) : isLocal4(bytes, 0);
  }

  private static boolean isLocal4(byte[] bytes, int at) {
    int first = bytes[at] & 0xff;
    int second = bytes[at + 1] & 0xff;
    int third = bytes[at + 2] & 0xff;
    return first == 0
        || first == 10
        || first == 127
        || first >= 224
        || (first == 100 && (second & 0xc0) == 64)
        || (first == 169 && second == 254)
        || (first == 172 && (second & 0xf0) == 16)
        || (first == 192 && second == 168)
        || (first == 192 && second == 0 && third == 0)
        || (first == 198 && (second & 0xfe) == 18);
  }

  /** Unique local ones, and those that carry an address of IPv4 within. */
  private static boolean isLocal6(byte[] bytes) {
    if ((bytes[0] & 0xfe) == 0xfc) {
      return true;
    }
    boolean zeros = true;
    for (int i = 0; i < 10; i++) {
      zeros &= bytes[i] == 0;
    }
    if (zeros) {
      return isLocal4(bytes, 12);
    }
    boolean translated =
        bytes[0] == 0 && bytes[1] == 0x64 && (bytes[2] & 0xff) == 0xff && (bytes[3] & 0xff) == 0x9b;
    boolean sixToFour = bytes[0] == 0x20 && bytes[1] == 0x02;
    return (translated && isLocal4(bytes, 12)) || (sixToFour && isLocal4(bytes, 2));
  }
}
