/**
 * The durable mailbox of messages to nodes, and the message delivery service that nodes fetch them
 * from by long polls.
 */
package dev.fleetmend.server.message;
