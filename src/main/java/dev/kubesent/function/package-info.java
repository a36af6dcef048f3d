/**
 * The edge: Spring, HTTP, settings, the command line, and the wiring of everything else.
 *
 * <p>The only package that knows Spring. {@link dev.kubesent.function.Main} reads the command line and the settings, opens the port
 * ({@link dev.kubesent.function.Front}); {@link dev.kubesent.function.Core} wires the stages; {@link dev.kubesent.function.BeforeSpring} serves events until Spring is needed;
 * {@link dev.kubesent.function.KubeSentApplication} offers it as the function {@code heal}; {@link dev.kubesent.function.http.EnvelopeFilter} keeps Spring Cloud Function from touching a CloudEvent. It
 * holds no decision about a pod: those belong to the stages.
 */
@NullMarked
package dev.kubesent.function;

import org.jspecify.annotations.NullMarked;
