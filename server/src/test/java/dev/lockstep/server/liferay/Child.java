package dev.lockstep.server.liferay;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;

/** A Lockstep in a process of its own, to be killed. */
final class Child implements Side, AutoCloseable {
  private final Path folder;
  private final int port;
  private final HttpClient client = HttpClient.newHttpClient();
  private Process process;

  private Child(Path folder, int port) throws IOException {
    this.folder = folder;
    this.port = port;
    this.process = begun();
  }

  /**
   * @param more what its configuration has besides the hub
   */
  static Child start(Path folder, int port, String more) throws Exception {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("more"), more);
    return new Child(folder, port);
  }

  /** The child: serves until it is killed. */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    Instance served =
        Instance.of(folder, Integer.parseInt(args[1]), Files.readString(folder.resolve("more")));
    System.out.println("serves at " + served.address());
    System.out.flush();
    Thread.currentThread().join();
  }

  private Process begun() throws IOException {
    Process child =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                folder.toString(),
                Integer.toString(port))
            .redirectError(folder.resolve("errors").toFile())
            .start();
    BufferedReader out = child.inputReader();
    String line = out.readLine();
    while (line != null && !line.startsWith("serves at")) {
      line = out.readLine();
    }
    if (line == null) {
      throw new IOException("it did not start: " + Files.readString(folder.resolve("errors")));
    }
    Thread.ofVirtual().start(() -> out.lines().forEach(said -> {}));
    return child;
  }

  /** SIGKILL, and another process on the same folder and port. */
  void killAndStart() throws Exception {
    kill();
    process = begun();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public Instance.Answer send(String method, String path, String json) throws Exception {
    return Instance.send(client, address(), method, path, json);
  }

  @Override
  public URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public void close() {
    client.close();
    process.destroyForcibly();
  }
}
