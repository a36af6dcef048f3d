/**
 * The edge on AWS Lambda: what an invocation brought, and what it is answered with.
 *
 * <p>Takes the bytes of an invocation, whoever made it: a function URL, an API Gateway, EventBridge, SQS, SNS, a schedule or a
 * caller that sends a CloudEvent as it is. Unwraps it to what the endpoints take ({@link dev.kubesent.event.Request}), and
 * wraps their answer as that caller reads it. May call the endpoints it is given; knows neither Spring nor AWS's classes, and
 * never logs what it was sent.
 */
@NullMarked
package dev.kubesent.lambda;

import org.jspecify.annotations.NullMarked;
