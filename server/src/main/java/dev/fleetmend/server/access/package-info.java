/**
 * Who may ask: access keys of people and their tools, temporary credentials of nodes, and the
 * master key that both rest on.
 */
package dev.fleetmend.server.access;
