/**
 * Stage 5: why it fails.
 *
 * <p>Takes {@link dev.kubesent.evidence.Evidence} and gives one {@link dev.kubesent.diagnosis.Diagnosis}: a cause of a
 * closed set, a confidence with a documented meaning, the lines it rests on, and one proposed {@link
 * dev.kubesent.action.Action} of a closed set. Rules are pure functions; they may call nothing. "Unknown" is an honest
 * answer and never acts. Where they do not know, {@code diagnosis.model} asks a language model, through {@code
 * diagnosis.gemini} or a doctor elsewhere through {@code diagnosis.remote}. A diagnosis proposes; only {@code gate} permits.
 *
 * <p>To add a rule: one file in {@code diagnosis.rules}, its line in {@link dev.kubesent.diagnosis.rules.Rules} (or, of what programs say, in
 * {@code ProgramSays}), its cause in {@link dev.kubesent.api.v1alpha1.Cause} and its chapter in src/main/resources/causes, which docs/causes.md is
 * written from; one case in src/test/resources/causes that it must recognise and one look-alike that it must not; the scoreboard
 * (scenarios/SCORE.txt) then shows both.
 */
@NullMarked
package dev.kubesent.diagnosis;

import org.jspecify.annotations.NullMarked;
