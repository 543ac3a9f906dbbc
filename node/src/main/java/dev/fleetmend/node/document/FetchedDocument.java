package dev.fleetmend.node.document;

import java.util.Map;

/**
 * A document that the server was asked for.
 *
 * @param name its name, without a version
 * @param type such as {@code Command}
 * @param content as a JSON object
 */
public record FetchedDocument(String name, String type, Map<String, Object> content) {}
