/**
 * What a person at a terminal says to KubeSent: {@code incidents}, {@code approve}, {@code reject}, {@code pause}, {@code resume}, {@code mute} and {@code unmute}.
 *
 * <p>Takes the current kubeconfig, and acts with the rights of the person alone: the API server's audit log has the person, and KubeSent's own account is not
 * used. It reads incidents, and writes a person's word in one, the switch that pauses, and the mark that mutes a workload; nothing else. It judges nothing and
 * changes no workload: what a word leads to is the gate's to say. {@link dev.kubesent.command.ExitCode} has the exit codes of every command.
 */
@NullMarked
package dev.kubesent.command;

import org.jspecify.annotations.NullMarked;
