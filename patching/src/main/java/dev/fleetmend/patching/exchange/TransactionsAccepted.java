package dev.fleetmend.patching.exchange;

/** Answer to {@link TransactionsReport}: how many are known now. */
public record TransactionsAccepted(int count) {}
