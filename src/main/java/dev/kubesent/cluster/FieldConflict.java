package dev.kubesent.cluster;

/**
 * Somebody else who sets a field.
 *
 * @param manager as it calls itself in managedFields
 * @param isApplied whether it set the field by a server-side apply, whose next one is refused once somebody else has changed the field, unless it forces
 * @param field as the API server spells it
 */
public record FieldConflict(String manager, boolean isApplied, String field) {}
