package dev.kubesent.action;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One field of the failing container, as a model would have it.
 *
 * @param value of ENV an object of {@code name} and {@code value}
 */
public record Suggestion(TemplateField field, JsonNode value) {}
