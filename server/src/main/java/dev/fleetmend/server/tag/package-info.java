/** Tags of resources of every taggable kind: AddTagsToResource and its two siblings. */
package dev.fleetmend.server.tag;
