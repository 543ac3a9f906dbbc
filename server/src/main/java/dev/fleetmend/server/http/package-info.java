/**
 * HTTP: a request's body, signature, constraints and access, its operation, its answer. Nothing
 * here knows what an operation does.
 */
package dev.fleetmend.server.http;
