/**
 * The durable mailbox of messages to nodes, the hand-over that any channel uses, and the message
 * delivery service that nodes fetch them from by long polls.
 */
package dev.fleetmend.server.message;
