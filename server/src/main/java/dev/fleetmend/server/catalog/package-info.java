/**
 * Package versions, offers and patch statuses, each stored once and known by an integer, so that a
 * node is a few compressed sets of integers.
 */
package dev.fleetmend.server.catalog;
