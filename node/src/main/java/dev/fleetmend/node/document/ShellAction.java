package dev.fleetmend.node.document;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetmend.protocol.message.RunStatus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code aws:runShellScript}: the commands as one script, run by {@code sh} or by its own #!. */
final class ShellAction implements StepAction {
  private static final int KILLED = 137;

  @Override
  public boolean resumes() {
    return false;
  }

  @Override
  public StepEnd run(StepRun run) throws IOException, InterruptedException {
    Path workingDirectory = workingDirectory(run.step());
    if (!Files.isDirectory(workingDirectory)) {
      run.print("", "workingDirectory " + workingDirectory + " is no folder on this node\n");
      return new StepEnd(RunStatus.FAILED, 1);
    }
    Path script = script(run.step(), run.folder());
    Process process =
        ProcessGroup.start(
            List.of("sh", "-c", "\"$0\"", script.toString()),
            run.environment(),
            workingDirectory,
            run.standardOutput(),
            run.standardError(),
            run.started());
    run.cancellation().stopWith(() -> ProcessGroup.kill(process.toHandle()));
    try {
      return wait(process, run);
    } finally {
      run.cancellation().nothingToStop();
    }
  }

  private static StepEnd wait(Process process, StepRun run)
      throws IOException, InterruptedException {
    boolean ended = process.waitFor(run.step().timeoutSeconds(), TimeUnit.SECONDS);
    if (run.cancellation().requested()) {
      process.waitFor();
      return new StepEnd(RunStatus.CANCELLED, KILLED);
    }
    if (!ended) {
      ProcessGroup.kill(process.toHandle());
      run.print("", "\nstopped after " + run.step().timeoutSeconds() + " seconds\n");
      return new StepEnd(RunStatus.TIMED_OUT, KILLED);
    }
    return StepEnd.ofExitCode(process.exitValue());
  }

  private static Path workingDirectory(Step step) {
    String wanted = step.text("workingDirectory");
    return Path.of(wanted.isEmpty() ? "/" : wanted);
  }

  private static Path script(Step step, Path folder) throws IOException {
    Path script = folder.resolve("script.sh");
    Files.deleteIfExists(script);
    try (var channel =
        Files.newByteChannel(
            script,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")))) {
      byte[] text =
          String.join("\n", lines(step.inputs().get("runCommand"))).concat("\n").getBytes(UTF_8);
      channel.write(ByteBuffer.wrap(text));
    }
    return script;
  }

  /** Also takes lists inside of lists: {@code ["{{ commands }}"]} becomes one. */
  private static List<String> lines(@Nullable Object runCommand) {
    List<String> lines = new ArrayList<>();
    switch (runCommand) {
      case List<?> list -> list.forEach(element -> lines.addAll(lines(element)));
      case null -> {}
      default -> lines.add(runCommand.toString());
    }
    return lines;
  }
}
