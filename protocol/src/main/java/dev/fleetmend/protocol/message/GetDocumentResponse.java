package dev.fleetmend.protocol.message;

/**
 * Answer to {@link GetDocumentRequest}.
 *
 * @param content the document as text of the format that was asked for
 */
public record GetDocumentResponse(
    String name, String documentVersion, String documentType, String content) {}
