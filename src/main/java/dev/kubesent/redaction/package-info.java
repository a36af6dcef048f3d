/**
 * What may be read by whom: takes credentials out of a text, and makes visible what a terminal would obey instead of show.
 *
 * <p>Takes texts that others wrote (logs, events, pods, models' answers) and gives what may be written down. {@link
 * dev.kubesent.redaction.Masking} is for persons, {@link dev.kubesent.redaction.Redaction} for models, and both find the same
 * secrets by {@link dev.kubesent.redaction.Secrets}. {@link dev.kubesent.redaction.Legible} escapes characters. Pure; it calls
 * nobody but {@code text}, whose {@link dev.kubesent.text.Effort} it takes, and every stage may call it. Patterns are of RE2/J, which is linear in the text, and are compiled when one is first
 * needed: none runs for an event of a healthy pod.
 */
@NullMarked
package dev.kubesent.redaction;

import org.jspecify.annotations.NullMarked;
