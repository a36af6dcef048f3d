package dev.kubesent.diagnosis.model;

import java.time.Duration;
import java.util.Optional;

/** A model behind an API. One call is one request: no hidden retries. */
@FunctionalInterface
public interface LanguageModel {

    /** @param timeout for the whole request; never throws for what the other side does */
    Answer generate(String model, Prompt prompt, Duration timeout);

    sealed interface Answer {

        /** @param json what the model wrote, complete @param tokens of question and answer together */
        record Text(String json, long tokens) implements Answer {}

        /** @param status of HTTP @param retryAfter as the API asks for */
        record Refused(int status, Optional<Duration> retryAfter, String message) implements Answer {}

        /** An answer that says nothing: cut short, blocked for safety, empty. */
        record Unusable(String why) implements Answer {}

        /** None in time, or no connection. */
        record NoAnswer(String why) implements Answer {}
    }
}
