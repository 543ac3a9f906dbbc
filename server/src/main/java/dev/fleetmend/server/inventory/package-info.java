/**
 * Inventory: what nodes tell of themselves by type, what the server itself knows of them in the
 * same form, and every question about both.
 */
package dev.fleetmend.server.inventory;
