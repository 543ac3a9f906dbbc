/**
 * The control channels of nodes (MGS): web sockets over which waiting messages are pushed instead
 * of polled for. What is pushed, and what has been heard, is in the database; a channel that is
 * lost loses nothing.
 */
package dev.fleetmend.server.channel;
