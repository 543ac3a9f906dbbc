/**
 * The binary frames that a node's control channel (MGS, {@code ssmmessages}) carries, and what is
 * in them.
 */
package dev.fleetmend.protocol.frame;
