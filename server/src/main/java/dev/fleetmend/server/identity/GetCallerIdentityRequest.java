package dev.fleetmend.server.identity;

record GetCallerIdentityRequest() {}
