/**
 * What is done about a claimed incident, phase by phase: the arrow from evidence to remedy, as one state machine.
 *
 * <p>Takes an incident with its lease, and gives it as it was written last. {@link dev.kubesent.lifecycle.Lifecycle} picks the handler of its phase: {@code
 * Judging}, {@code Acting}, {@code Watching} or {@code Undoing}; each does one step, and none waits. {@link dev.kubesent.lifecycle.Judge} asks the stages
 * before, in their order, for a verdict; {@code Escalation} asks it once more where a change did not help. {@link dev.kubesent.lifecycle.Ledger} is the one
 * way to the record and to people: it records, concludes, releases and tells, in the words of {@link dev.kubesent.lifecycle.Story}.
 *
 * <p>May call every stage up to report. Knows no event, no thread and no answer: {@code pipeline} has these, and calls it.
 */
@NullMarked
package dev.kubesent.lifecycle;

import org.jspecify.annotations.NullMarked;
