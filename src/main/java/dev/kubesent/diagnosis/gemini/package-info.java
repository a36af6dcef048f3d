/**
 * Google Gemini through its SDK, as {@link dev.kubesent.diagnosis.model.LanguageModel}: one method call is one HTTP
 * request, with our time-out and none of the SDK's retries. May call Google, or what {@code GOOGLE_GEMINI_BASE_URL} says;
 * knows nothing of pods.
 */
@NullMarked
package dev.kubesent.diagnosis.gemini;

import org.jspecify.annotations.NullMarked;
