package dev.kubesent.cluster;

/**
 * Somebody else who sets a field.
 *
 * @param manager as it calls itself in managedFields
 * @param field as the API server spells it
 */
public record FieldConflict(String manager, String field) {}
