package dev.fleetmend.protocol.sign;

import java.net.URI;
import java.util.Map;

/**
 * A request about to be sent.
 *
 * @param service signing name: {@code ssm}, {@code ec2messages}, {@code ssmmessages}, {@code s3}
 * @param headers those to be signed, any spelling; host and date are added
 * @param bodySha256 of the body, as {@link Digests#sha256Hex(byte[])} gives it
 */
public record OutgoingRequest(
    String service, String method, URI uri, Map<String, String> headers, String bodySha256) {}
