/**
 * The messages of the SSM agent's protocol, one record each, read and written by {@code
 * RecordJson}. Operations are spelled in Pascal case; what an agent replies about a command ({@link
 * dev.fleetmend.protocol.message.CommandReply}) in camel case.
 */
package dev.fleetmend.protocol.message;
