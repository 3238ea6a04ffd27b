package dev.lockstep.server.deploy;

import dev.lockstep.server.extension.HeadlessServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The files by which the programs of client extensions find this server and their credentials, laid
 * out as Liferay's routes are: {@code default/dxp} for {@code LIFERAY_ROUTES_DXP}, and {@code
 * default/PROJECT} for {@code LIFERAY_ROUTES_CLIENT_EXTENSION}. Nobody but the server's user can
 * read them.
 */
final class RouteFiles {
  private static final String OAUTH2 = ".oauth2.";
  private static final String ID = OAUTH2 + "headless.server.client.id";
  private static final String SECRET = OAUTH2 + "headless.server.client.secret";

  private final Path folder;

  RouteFiles(Path folder) {
    this.folder = folder.resolve("default");
  }

  Path of(String project) {
    return folder.resolve(project);
  }

  /** The secret that a program finds with its id; empty when one of the files is not there. */
  Optional<String> secret(String project, String code, String id) {
    return read(of(project).resolve(code + ID))
        .filter(id::equals)
        .flatMap(_ -> read(of(project).resolve(code + SECRET)));
  }

  private static Optional<String> read(Path file) {
    try {
      return Optional.of(Files.readString(file));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /** Writes what a program needs; the secret first, since the id tells that both are there. */
  void write(String project, HeadlessServer application, String id, Optional<String> secret)
      throws IOException {
    Path place = of(project);
    String code = application.code();
    if (secret.isPresent()) {
      write(place, code + SECRET, secret.get());
      write(place, code + ID, id);
    }
    write(place, code + OAUTH2 + "headless.server.audience", id);
    write(place, code + OAUTH2 + "headless.server.scopes", String.join("\n", application.scopes()));
    write(place, code + OAUTH2 + "token.uri", "/o/oauth2/token");
    write(place, code + OAUTH2 + "authorization.uri", "/o/oauth2/authorize");
    write(place, code + OAUTH2 + "introspection.uri", "/o/oauth2/introspect");
    write(place, code + OAUTH2 + "jwks.uri", "/o/oauth2/jwks");
  }

  /** Writes where the server is reached. */
  void serving(URI address) throws IOException {
    String domain = address.getAuthority();
    Path dxp = of("dxp");
    write(dxp, "com.liferay.lxc.dxp.domains", domain);
    write(dxp, "com.liferay.lxc.dxp.main.domain", domain);
    write(dxp, "com.liferay.lxc.dxp.mainDomain", domain);
    write(dxp, "com.liferay.lxc.dxp.server.protocol", address.getScheme());
  }

  private static void write(Path place, String name, String text) throws IOException {
    boolean posix = place.getFileSystem().supportedFileAttributeViews().contains("posix");
    Files.createDirectories(place);
    Path draft =
        posix
            ? Files.createTempFile(
                place,
                ".draft",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
            : Files.createTempFile(place, ".draft", "");
    Files.write(draft, text.getBytes(StandardCharsets.UTF_8));
    Files.move(
        draft,
        place.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
