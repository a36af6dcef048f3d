/**
 * One file per rule. A rule is a pure function of the evidence that recognises one cause, or stays silent.
 *
 * <p>{@link dev.kubesent.diagnosis.rules.Rules} is the explicit list; of the rules that answer, the most confident wins.
 */
@NullMarked
package dev.kubesent.diagnosis.rules;

import org.jspecify.annotations.NullMarked;
