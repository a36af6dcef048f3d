/**
 * What could be done about a cause: one file for each kind of act, with all that is asked of it.
 *
 * <p>An {@link dev.kubesent.action.Action} says what it cures, what of the evidence proves it, how sure one has to be, what a person does instead, and
 * what of it a person is shown as a patch. {@code diagnosis} proposes one, {@code gate} asks what is asked of each, {@code remedy} carries it
 * out. The kinds are sealed and final: whoever proposes one, a model included, chooses none of these answers. Takes {@link
 * dev.kubesent.evidence.Evidence} and gives answers; reads nothing and sends nothing.
 *
 * <p>To add one: a file here, and its name in {@link dev.kubesent.action.Action}. The compiler asks for all of its answers; none has a default that lets
 * something by.
 */
@NullMarked
package dev.kubesent.action;

import org.jspecify.annotations.NullMarked;
