package dev.fleetmend.server.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands in for {@code powershell} with a Windows Update Agent: it does what the worker script says
 * to a host that is a JSON file. It takes from the script what the server put there, and no more;
 * it does not run PowerShell.
 *
 * <p>The host's file has the fields of the contract, and of an update {@code failsWith} (an
 * HRESULT) and {@code reboots}.
 */
public final class StandInPowerShell {
  /** The code that asks for a reboot; a POSIX exit code cannot be Windows' 3010. */
  static final int REBOOT = 194;

  private static final int FAILED = 4;
  private static final long UNINSTALL_NOT_ALLOWED = 0x80240028L;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final ObjectNode host;
  private final String script;
  private final ArrayNode results = JSON.createArrayNode();

  private StandInPowerShell(Path file, String script) throws IOException {
    this.file = file;
    this.host = (ObjectNode) JSON.readTree(file.toFile());
    this.script = script;
  }

  /** Runs {@code -File SCRIPT}; the environment names the host's file and the server. */
  public static void main(String[] arguments) throws Exception {
    Path host = Path.of(System.getenv("STAND_IN_HOST"));
    String script = Files.readString(Path.of(arguments[arguments.length - 1]));
    System.exit(new StandInPowerShell(host, script).run());
  }

  /** An executable named powershell. */
  static Path executable(Path folder) throws IOException {
    Path program = folder.resolve("powershell");
    Files.writeString(
        program,
        "#!/bin/sh\nexec '%s/bin/java' -XX:TieredStopAtLevel=1 -cp '%s' %s \"$@\"\n"
            .formatted(
                System.getProperty("java.home"),
                System.getProperty("java.class.path"),
                StandInPowerShell.class.getName()));
    if (!program.toFile().setExecutable(true)) {
      throw new IOException(program + " cannot be made executable");
    }
    return program;
  }

  private int run() throws Exception {
    String operation = variable("operation");
    Path record = file.resolveSibling(System.getenv("SSM_COMMAND_ID") + ".json");
    String bootId = host.at("/os/bootId").asText();
    if (Files.exists(record)) {
      JsonNode before = JSON.readTree(record.toFile());
      results.addAll((ArrayNode) before.path("results"));
      bootId = before.path("bootId").asText();
    } else if (!operation.equals("Scan")) {
      JsonNode plan = JSON.readTree(post("plan", bootId));
      plan.path("notes").forEach(note -> System.out.println(note.asText()));
      boolean reboot = false;
      for (JsonNode step : plan.path("install")) {
        reboot |= install(step);
      }
      for (JsonNode step : plan.path("uninstall")) {
        reboot |= uninstall(step);
      }
      save();
      if (reboot && variable("rebootOption").equals("RebootIfNeeded")) {
        ObjectNode kept = JSON.createObjectNode().put("bootId", bootId);
        kept.set("results", results);
        JSON.writeValue(record.toFile(), kept);
        return REBOOT;
      }
    }
    System.out.print(post("facts", bootId));
    Files.deleteIfExists(record);
    for (JsonNode result : results) {
      if (result.path("resultCode").asInt() == FAILED) {
        System.err.println("an update failed");
        return 1;
      }
    }
    return 0;
  }

  private boolean install(JsonNode step) {
    for (JsonNode update : host.path("updates")) {
      if (!update.path("updateId").asText().equals(step.path("updateId").asText())) {
        continue;
      }
      long failure = update.path("failsWith").asLong();
      if (!update.path("eulaAccepted").asBoolean() && !step.path("acceptEula").asBoolean()) {
        failure = 0x80240023L;
      }
      if (failure == 0) {
        ((ObjectNode) update).put("isInstalled", true).put("eulaAccepted", true);
        if (update.path("reboots").asBoolean()) {
          ((ObjectNode) update).put("rebootRequired", true);
          ((ObjectNode) host.path("os")).put("rebootRequired", true);
        }
      }
      result(step, failure);
      return failure == 0 && update.path("reboots").asBoolean();
    }
    result(step, 0x80240017L);
    return false;
  }

  private boolean uninstall(JsonNode step) {
    for (JsonNode update : host.path("updates")) {
      if (update.path("updateId").asText().equals(step.path("updateId").asText())) {
        boolean allowed = update.path("isUninstallable").asBoolean();
        if (allowed) {
          ((ObjectNode) update).put("isInstalled", false);
          ArrayNode left = JSON.createArrayNode();
          host.path("hotfixes")
              .forEach(
                  fix -> {
                    if (!fix.path("hotFixId").asText().equals(step.path("kb").asText())) {
                      left.add(fix);
                    }
                  });
          host.set("hotfixes", left);
        }
        result(step, allowed ? 0 : UNINSTALL_NOT_ALLOWED);
        return false;
      }
    }
    result(step, UNINSTALL_NOT_ALLOWED);
    return false;
  }

  private void result(JsonNode step, long hResult) {
    results
        .addObject()
        .put("kb", step.path("kb").asText())
        .put("updateId", step.path("updateId").asText())
        .put("resultCode", hResult == 0 ? 2 : FAILED)
        .put("hResult", (int) hResult);
  }

  private String post(String what, String bootId) throws Exception {
    ObjectNode content = host.deepCopy();
    content.put("resultsBootId", bootId);
    content.set("results", results);
    content.put("baselineOverride", fetched("baselineOverrideUrl"));
    if (variable("operation").equals("Install")) {
      content.put("installOverrideList", fetched("installOverrideUrl"));
    }
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(System.getenv("STAND_IN_SERVER") + path(what)))
                    .header("X-Fleetmend-Token", variable("token"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(content)))
                    .build(),
                HttpResponse.BodyHandlers.ofString(UTF_8));
    if (answer.statusCode() != 200) {
      System.err.println(answer.body());
      System.exit(1);
    }
    return answer.body();
  }

  /** What lies at the address that the command names, as base64; empty where it names none. */
  private String fetched(String variable) throws Exception {
    String url = variable(variable);
    if (url.isEmpty()) {
      return "";
    }
    byte[] found =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(url)).build(),
                HttpResponse.BodyHandlers.ofByteArray())
            .body();
    return Base64.getEncoder().encodeToString(found);
  }

  /** The path that the script itself posts to. */
  private String path(String what) {
    return find("Send-Json '(/worker/" + what + ")'");
  }

  private String variable(String name) {
    return find("(?m)^\\$" + name + " = '([^']*)'$");
  }

  private String find(String pattern) {
    Matcher found = Pattern.compile(pattern).matcher(script);
    if (!found.find()) {
      throw new IllegalStateException("the script has no " + pattern);
    }
    return found.group(1);
  }

  private void save() throws IOException {
    Path next = Files.write(file.resolveSibling("next"), JSON.writeValueAsBytes(host));
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
  }
}
