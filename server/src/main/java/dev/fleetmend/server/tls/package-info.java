/**
 * The server's private certificate authority and its certificate, for listening beyond loopback.
 */
package dev.fleetmend.server.tls;
