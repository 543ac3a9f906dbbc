package dev.fleetmend.server.install;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The script that installs the agent on a host. It carries the server's CA and the images' hashes:
 * who trusts the script, by the pin of the key that it came from, trusts all that it fetches.
 */
final class InstallScript {
  private InstallScript() {}

  /**
   * The script's text.
   *
   * @param authorityPem of a server that speaks TLS, else empty
   */
  static String render(String region, String authorityPem, List<AgentImages.Image> images)
      throws IOException {
    String hashes =
        images.stream()
            .map(image -> "    " + image.platform() + ") echo " + image.sha256() + " ;;")
            .collect(Collectors.joining("\n"));
    return template()
        .replace("@REGION@", region)
        .replace("@AUTHORITY@", authorityPem.strip())
        .replace("@HASHES@", hashes);
  }

  private static String template() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(InstallScript.class.getResourceAsStream("install.sh"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
