/**
 * The control plane: one package a capability. Data flows one way: HTTP, codec, validation, access,
 * handler, store; due work, executor, store, message to a node, reply, store. {@link
 * dev.fleetmend.server.FleetmendServer} wires the parts by hand.
 */
package dev.fleetmend.server;
