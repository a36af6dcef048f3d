/**
 * A doctor in another process ({@code KUBESENT_DOCTOR_URL}), asked over HTTP, as {@link
 * dev.kubesent.diagnosis.model.Doctor}. What it is sent is redacted here already; what it says is believed as little as a
 * model's own word.
 */
@NullMarked
package dev.kubesent.diagnosis.remote;

import org.jspecify.annotations.NullMarked;
