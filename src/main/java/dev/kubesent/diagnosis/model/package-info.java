/**
 * Stage 5, second half: a language model, where the rules do not know.
 *
 * <p>Takes {@link dev.kubesent.evidence.Evidence} and gives an {@link dev.kubesent.diagnosis.model.Opinion}. Writes the
 * prompt, from which everything that looks like a credential is taken out; asks the models of a chain in turn, within one
 * deadline and one budget; and believes nothing: an answer has to fit the schema, every line it quotes has to stand in what
 * was sent, and its patch is read into the closed set of actions or dropped. May call the one port {@link
 * dev.kubesent.diagnosis.model.LanguageModel}, and no cluster. What an opinion says can only ever make KubeSent do less: the
 * gate looks at the evidence itself.
 */
@NullMarked
package dev.kubesent.diagnosis.model;

import org.jspecify.annotations.NullMarked;
