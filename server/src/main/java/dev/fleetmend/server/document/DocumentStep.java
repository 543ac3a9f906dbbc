package dev.fleetmend.server.document;

/**
 * A step of a document.
 *
 * @param name what replies and GetCommandInvocation call it
 * @param action such as {@code aws:runShellScript}
 * @param timeoutSeconds as the document has it: a number, or a placeholder of a parameter
 */
public record DocumentStep(String name, String action, String timeoutSeconds) {}
