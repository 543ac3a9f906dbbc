/** The agent: heartbeats, messages, commands, replies, and the reboots that commands ask for. */
package dev.fleetmend.node.agent;
