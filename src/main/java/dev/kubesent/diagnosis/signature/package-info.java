/**
 * What the world says when something fails, as data: one entry for each thing that is said, in files by family
 * (src/main/resources/signatures). Takes a text, and gives what in it is known. Knows no evidence, decides nothing, and permits nothing:
 * whoever asks weighs what it says. Expressions are RE2's, whose time grows with the text and with nothing else, so that no log can hang
 * us. {@link dev.kubesent.diagnosis.signature.OwnSignatures} are those that users have written, read entry by entry within bounds. May use the text, redaction and cluster (YAML) packages, and {@link dev.kubesent.api.v1alpha1.Cause}.
 */
@NullMarked
package dev.kubesent.diagnosis.signature;

import org.jspecify.annotations.NullMarked;
