package dev.fleetmend.protocol.message;

import org.jspecify.annotations.Nullable;

/**
 * {@code GetDocument}, as nodes call it.
 *
 * @param documentVersion a number, {@code $DEFAULT}, {@code $LATEST}, or null for the default
 * @param documentFormat {@code JSON}, whatever the document was written in
 */
public record GetDocumentRequest(
    String name, @Nullable String documentVersion, String documentFormat) {}
