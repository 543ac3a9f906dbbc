package dev.fleetmend.node.document;

import java.util.Map;

/**
 * A document inside of a command, as it stands on disk from before its first step.
 *
 * @param name its name, without a version
 * @param content as a JSON object
 * @param parameters by name, checked
 */
record InnerDocument(String name, Map<String, Object> content, Map<String, Object> parameters) {}
