/** SSM's public API in Java: its operations, their JSON, its constraints, its errors. */
package dev.fleetmend.api;
